package dev.pintle.compat.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.bench.FullNamespace;
import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.RunningPintle;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The end of a namespace with objects of sixty kinds, some held by finalizers and some with owners. `./pintle bench namespace` measures
/// it at full size, beside the real pair.
class FullNamespaceIT {
  private static final int OBJECTS = 600;
  private static final Duration GONE_MAX = Duration.ofSeconds(60);

  @TempDir private Path data;

  @Test
  void nothingOfSixtyKindsIsLeft() throws Exception {
    try (RunningPintle pintle =
        RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0")) {
      FullNamespace namespace =
          new FullNamespace(pintle.kube(), Kubeconfig.read(pintle.kubeconfig()).token(), "crowded");
      namespace.fill(OBJECTS);
      assertThat(namespace.size()).isGreaterThanOrEqualTo(OBJECTS);
      long millis = namespace.delete(GONE_MAX);
      System.err.printf("a namespace with %d objects was gone after %d ms%n", OBJECTS, millis);
      assertThat(namespace.size()).isZero();
      assertThat(pintle.child().warnings()).isEmpty();
    }
  }
}
