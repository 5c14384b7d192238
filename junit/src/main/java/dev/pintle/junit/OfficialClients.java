package dev.pintle.junit;

import dev.pintle.embed.ClientSettings;
import io.kubernetes.client.openapi.ApiClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// The maker of clients of the official library. Nobody but [ParameterKind] may touch it: the library may be absent.
final class OfficialClients {
  private static final char[] NO_PASSWORD = {};

  private OfficialClients() {}

  static Object open(ClientSettings settings, TestResources owner)
      throws IOException, GeneralSecurityException {
    ApiClient client = new ApiClient();
    client.setBasePath(settings.masterUrl());
    // Informers take no client that gives up on a watch that is silent.
    client.setReadTimeout(0);
    if (settings.oauthToken().isEmpty()) {
      client.setKeyManagers(keys(settings));
    } else {
      client.addDefaultHeader("Authorization", "Bearer " + settings.oauthToken());
    }
    // Last: the client reads it whenever TLS is set up anew, and it can be read once.
    client.setSslCaCert(new ByteArrayInputStream(decoded(settings.caCertData())));
    owner.closeLater(() -> close(client));
    return client;
  }

  private static void close(ApiClient client) {
    client.getHttpClient().dispatcher().cancelAll();
    client.getHttpClient().dispatcher().executorService().shutdown();
    client.getHttpClient().connectionPool().evictAll();
  }

  private static KeyManager[] keys(ClientSettings settings)
      throws IOException, GeneralSecurityException {
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(decoded(settings.clientCertData())));
    String pem = new String(decoded(settings.clientKeyData()), StandardCharsets.US_ASCII);
    String body = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, NO_PASSWORD);
    store.setKeyEntry(
        "user",
        KeyFactory.getInstance(settings.clientKeyAlgo())
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body))),
        NO_PASSWORD,
        new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
