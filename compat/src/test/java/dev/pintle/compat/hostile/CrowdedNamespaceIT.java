package dev.pintle.compat.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.bench.hostile.Attack;
import dev.pintle.bench.hostile.AttackScale;
import dev.pintle.bench.hostile.CrowdedNamespace;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RunningPintle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A namespace with 12 000 bindings is as quick to use as one with ten, also while bindings come.
///
/// How quick is judged with `-Dpintle.hostile.strict=true`, on a quiet machine.
class CrowdedNamespaceIT {
  private static final boolean STRICT = Boolean.getBoolean("pintle.hostile.strict");
  private static final int ROUNDS = 50;
  private static final double TIMES_MAX = 2;
  private static final double NANOS_PER_MILLI = 1e6;

  @TempDir private Path data;

  @Test
  void aRequestCostsTheSameAmongManyBindings() throws Exception {
    try (RunningPintle pintle = Arena.start(data);
        KubeClient client = KubeClient.of(pintle)) {
      for (Attack attack : CrowdedNamespace.all()) {
        attack.on(Arena.victim(pintle), AttackScale.SHORT);
      }
      double few = medianMillis(client, CrowdedNamespace.TEN);
      double many = medianMillis(client, CrowdedNamespace.TWELVE_THOUSAND);
      System.err.printf("bindings: median of a request: ten %.2f ms, 12 000 %.2f ms%n", few, many);
      if (STRICT) {
        assertThat(many).isLessThanOrEqualTo(TIMES_MAX * few);
      }
    }
  }

  /// Before each request a binding is made, so that what was known of the namespace is old.
  private static double medianMillis(KubeClient client, String namespace) {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      KubeClient.Answer bound =
          client.post(CrowdedNamespace.bindings(namespace), CrowdedNamespace.binding("late-" + i));
      assertThat(bound.code()).as(bound.text()).isEqualTo(201);
      long start = System.nanoTime();
      KubeClient.Answer answer =
          client.send(
              client
                  .request("/api/v1/namespaces/%s/configmaps".formatted(namespace))
                  .header("Impersonate-User", "user-0-0")
                  .build());
      nanos.add(System.nanoTime() - start);
      assertThat(answer.code()).as(answer.text()).isEqualTo(200);
    }
    return nanos.stream().sorted().toList().get(ROUNDS / 2) / NANOS_PER_MILLI;
  }
}
