package dev.pintle.compat.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `etcd` with the certificates of its user.
class EtcdTlsIT {
  @TempDir private Path data;

  @Test
  void etcdctlIsLetInByItsCertificateOnly() {
    Path etcdctl = Peers.require("etcdctl");
    RunningPintle maker = RunningPintle.closed(data.resolve("maker"));
    maker.close();
    Path pki = data.resolve("maker/pki/etcd");
    try (RunningPintle pintle =
        RunningPintle.etcdOnly(
            data.resolve("pintle"),
            "--listen-client-urls=https://127.0.0.1:0",
            "--cert-file=" + pki.resolve("server.crt"),
            "--key-file=" + pki.resolve("server.key"),
            "--trusted-ca-file=" + pki.resolve("ca.crt"),
            "--client-cert-auth")) {
      Tool.Result let =
          put(etcdctl, pintle, pki, 15)
              .with("ETCDCTL_CERT", pki.resolve("client.crt").toString())
              .with("ETCDCTL_KEY", pki.resolve("client.key").toString())
              .run();
      assertThat(let.out()).as("%s%s", let.err(), pintle.child().log()).isEqualTo("OK\n");
      assertThat(put(etcdctl, pintle, pki, 5).run().exit()).isNotZero();
    }
  }

  private static Tool put(Path etcdctl, RunningPintle pintle, Path pki, int secondsMax) {
    String limit = "--command-timeout=%ds".formatted(secondsMax);
    return Tool.of(etcdctl, "--endpoints", pintle.etcd(), limit, "put", "a", "b")
        .with("ETCDCTL_CACERT", pki.resolve("ca.crt").toString());
  }
}
