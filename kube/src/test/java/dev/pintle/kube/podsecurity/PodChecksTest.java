package dev.pintle.kube.podsecurity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the checks say of each pod of a table, in every version.
final class PodChecksTest {
  private static final int POD = 1;
  private static final int SPEC = 2;

  /// What is told from one version to another.
  private record Told(PodSecurityLevel level, int first, int last, String text) {
    static Told of(String line) {
      String[] words = line.strip().split(" ", 3);
      String[] versions = words[1].split("-", 2);
      return new Told(
          requireNonNull(PodSecurityLevel.of(words[0])),
          Integer.parseInt(versions[0]),
          Integer.parseInt(versions[1]),
          words[2]);
    }
  }

  private static Map<String, List<Told>> table() throws IOException {
    Map<String, List<Told>> table = new LinkedHashMap<>();
    List<Told> current = new ArrayList<>();
    InputStream file = requireNonNull(PodChecksTest.class.getResourceAsStream("checks.txt"));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      for (String line : lines.lines().toList()) {
        String[] words = line.split(" ", 3);
        if (line.startsWith("pod ")) {
          current = new ArrayList<>();
          table.put(words[POD] + " " + words[SPEC], current);
        } else if (line.startsWith("  ")) {
          current.add(Told.of(line));
        }
      }
    }
    return table;
  }

  private static String told(
      PodUnderCheck pod, PodSecurityLevel level, PodSecurityVersion version) {
    return PodChecks.details(PodChecks.violations(new LevelVersion(level, version), pod));
  }

  private static PodUnderCheck pod(String spec) {
    return new PodUnderCheck(
        new JsonObject(), (JsonObject) JsonReader.read(spec.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyPodOfTheTableIsToldWhatItSaysInEveryVersion() throws IOException {
    Map<String, List<Told>> table = table();
    assertThat(table).hasSizeGreaterThan(20);
    table.forEach((key, all) -> {
      PodUnderCheck pod = pod(key.split(" ", 2)[1]);
      for (PodSecurityLevel level : PodSecurityLevel.values()) {
        for (int minor = 0; minor <= PodChecks.NEWEST; minor++) {
          int version = minor;
          String expected =
              all.stream()
                  .filter(told -> told.level() == level)
                  .filter(told -> told.first() <= version && version <= told.last())
                  .map(Told::text)
                  .findFirst()
                  .orElse("");
          assertThat(told(pod, level, PodSecurityVersion.minor(minor)))
              .as("%s, %s:v1.%d", key, level, minor)
              .isEqualTo(expected);
        }
      }
    });
  }

  @Test
  void whatIsNewerThanTheNewestIsTheNewest() {
    PodUnderCheck pod = pod("{\"containers\":[{\"name\":\"c\"}]}");
    String newest =
        told(pod, PodSecurityLevel.RESTRICTED, PodSecurityVersion.minor(PodChecks.NEWEST));

    assertThat(newest).isNotEmpty();
    assertThat(told(pod, PodSecurityLevel.RESTRICTED, PodSecurityVersion.LATEST)).isEqualTo(newest);
    assertThat(told(pod, PodSecurityLevel.RESTRICTED, PodSecurityVersion.minor(Long.MAX_VALUE)))
        .isEqualTo(newest);
  }

  @Test
  void annotationsOfOldAreToldWithTheirValues() {
    JsonObject annotations =
        new JsonObject()
            .set("container.apparmor.security.beta.kubernetes.io/c", "unconfined")
            .set("seccomp.security.alpha.kubernetes.io/pod", "un\"confined");
    PodUnderCheck pod =
        new PodUnderCheck(new JsonObject().set("annotations", annotations), new JsonObject());

    assertThat(told(pod, PodSecurityLevel.BASELINE, PodSecurityVersion.minor(18)))
        .isEqualTo(
            "forbidden AppArmor profile (annotation must not set AppArmor profile type to \"container.apparmor.security.beta.kubernetes.io/c=\"unconfined\"\"), seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod=\"un\\\"confined\")");
    assertThat(told(pod, PodSecurityLevel.BASELINE, PodSecurityVersion.minor(19)))
        .doesNotContain("seccomp");
  }
}
