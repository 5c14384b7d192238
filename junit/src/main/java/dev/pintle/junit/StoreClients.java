package dev.pintle.junit;

import dev.pintle.embed.EtcdConnection;
import io.etcd.jetcd.Client;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The maker of clients of jetcd. Nobody but [ParameterKind] may touch it: the library may be absent.
final class StoreClients {
  private StoreClients() {}

  static Object open(EtcdConnection etcd, TestResources owner) throws IOException {
    Client client =
        Client.builder()
            .endpoints(etcd.url())
            .sslContext(tls ->
                tls.trustManager(stream(etcd.caCertificate()))
                    .keyManager(stream(etcd.clientCertificate()), stream(etcd.clientKey())))
            .build();
    owner.closeLater(client);
    return client;
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
