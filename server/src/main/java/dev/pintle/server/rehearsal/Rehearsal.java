package dev.pintle.server.rehearsal;

import dev.pintle.server.pki.Pki;
import dev.pintle.server.ready.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;

/// Sends a running program some seconds of what its clients will send.
public final class Rehearsal {
  private Rehearsal() {}

  /// @param endpoints of a program whose data nobody needs
  public static void play(Endpoints endpoints) throws IOException, GeneralSecurityException {
    if (endpoints.kube().isPresent()) {
      URI server = URI.create(endpoints.kube().get());
      Pki pki = Pki.open(endpoints.data().resolve("pki"), server.getHost(), Instant.now());
      KubeRehearsal.play(server, pki);
    }
    if (endpoints.etcd().isPresent()) {
      EtcdRehearsal.play(URI.create(endpoints.etcd().get()));
    }
  }
}
