package dev.pintle.kube.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.status.Cause;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the labels of a namespace stand for.
final class NamespacePolicyTest {
  private static NamespacePolicy policy(String... labels) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      all.put(NamespacePolicy.PREFIX + labels[i], labels[i + 1]);
    }
    return NamespacePolicy.of(all, NamespacePolicy.NONE);
  }

  private static String text(NamespacePolicy policy) {
    return policy.enforce() + " " + policy.audit() + " " + policy.warn();
  }

  @Test
  void whoeverEnforcesALevelIsWarnedOfItToo() {
    assertThat(text(policy("enforce", "baseline", "enforce-version", "v1.20")))
        .isEqualTo("baseline:v1.20 privileged:latest baseline:v1.20");
    assertThat(text(policy("enforce", "baseline", "warn-version", "v1.21")))
        .isEqualTo("baseline:latest privileged:latest baseline:v1.21");
    assertThat(text(policy("enforce", "baseline", "warn", "privileged")))
        .isEqualTo("baseline:latest privileged:latest privileged:latest");
    assertThat(text(policy("enforce", "baseline", "warn", "restricted", "audit", "restricted")))
        .isEqualTo("baseline:latest restricted:latest restricted:latest");
  }

  @Test
  void whatIsNoLevelIsStrictToEnforceAndLaxOtherwise() {
    NamespacePolicy policy = policy("enforce", "x", "audit", "y", "warn", "z");

    assertThat(text(policy)).isEqualTo("restricted:latest privileged:latest privileged:latest");
    assertThat(policy.wrong())
        .extracting(Cause::field)
        .containsExactly(
            "metadata.labels[pod-security.kubernetes.io/enforce]",
            "metadata.labels[pod-security.kubernetes.io/audit]",
            "metadata.labels[pod-security.kubernetes.io/warn]");
  }

  @Test
  void versionsAreMinorsOrTheLatest() {
    for (String good : new String[] {"latest", "v1.0", "v1.37", "v1.9223372036854775807"}) {
      assertThat(policy("enforce-version", good).wrong()).as(good).isEmpty();
    }
    for (String bad :
        new String[] {
          "", "v1", "v1.", "v1.01", "v2.0", "1.20", "Latest", "v1.2.3", "v1.9223372036854775808"
        }) {
      assertThat(policy("enforce-version", bad).wrong()).as(bad).hasSize(1);
    }
  }
}
