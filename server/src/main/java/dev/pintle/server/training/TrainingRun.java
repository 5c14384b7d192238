package dev.pintle.server.training;

import dev.pintle.server.failure.StartException;
import dev.pintle.server.pki.ClientTls;
import dev.pintle.server.pki.EtcdPki;
import dev.pintle.server.pki.Pki;
import dev.pintle.server.ready.EtcdEndpoint;
import dev.pintle.server.ready.ServedEndpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// The client that sends a running program some seconds of what its clients will send.
public final class TrainingRun {
  private TrainingRun() {}

  /// @param endpoints of a program with a folder, whose data nobody needs
  public static void play(ServedEndpoints endpoints)
      throws IOException, GeneralSecurityException, StartException {
    Path pki = endpoints.data().orElseThrow().resolve("pki");
    if (endpoints.kube().isPresent()) {
      URI server = URI.create(endpoints.kube().get());
      Pki known = Pki.open(pki, List.of(server.getHost()), false, Instant.now());
      KubeTraining.play(server, ClientTls.of(known.authority(), known.admin()));
    }
    if (endpoints.etcd().isPresent()) {
      EtcdEndpoint etcd = endpoints.etcd().get();
      URI server = URI.create(etcd.url());
      Optional<SSLContext> tls = Optional.empty();
      if (etcd.files().isPresent()) {
        EtcdPki known = EtcdPki.open(pki, server.getHost(), Instant.now());
        tls = Optional.of(ClientTls.of(known.authority(), known.client()));
      }
      EtcdTraining.play(server, tls);
    }
  }
}
