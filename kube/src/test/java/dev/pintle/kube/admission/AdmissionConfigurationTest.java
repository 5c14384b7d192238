package dev.pintle.kube.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.JsonObject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdmissionConfigurationTest {
  private static final String HEAD =
      "apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\n";

  private static AdmissionConfiguration parse(String text) {
    return AdmissionConfiguration.parse(text, AdmissionConfigurationTest::file);
  }

  private static String file(String path) throws IOException {
    return switch (path) {
      case "quota.yaml" -> "limitedResources: []";
      case "list.yaml" -> "- a";
      default -> throw new NoSuchFileException(path);
    };
  }

  @Test
  void aPluginHasWhatIsInItsEntryOrInItsFile() {
    AdmissionConfiguration read =
        parse(
            HEAD
                + "plugins:\n- name: PodSecurity\n  configuration: {kind: PodSecurityConfiguration}\n"
                + "  path: never-read.yaml\n- name: ResourceQuota\n  path: quota.yaml\n- name: LimitRanger\n");
    assertThat(read.of("PodSecurity"))
        .contains(new JsonObject().set("kind", "PodSecurityConfiguration"));
    assertThat(read.of("ResourceQuota").orElseThrow().has("limitedResources")).isTrue();
    assertThat(read.of("LimitRanger")).isEmpty();
    assertThat(read.names()).containsExactlyInAnyOrder("PodSecurity", "ResourceQuota");
  }

  @Test
  void aFileOfNodeSelectorsAloneIsTakenAsUpstreamTakesIt() {
    AdmissionConfiguration read = parse("podNodeSelectorPluginConfig: {a: b=c}\n");
    assertThat(read.names()).containsExactly("PodNodeSelector");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plugins: 1 | plugins: no list of objects",
        "plugins: [1] | plugins: no list of objects",
        "plugins: [{path: a}] | plugins[0].name: missing (expected: that of a plugin)",
        "plugins: [{name: A, x: 1}] | strict decoding error: unknown field \"plugins[0].x\"",
        "other: 1 | strict decoding error: unknown field \"other\"",
        "plugins: [{name: A, configuration: 1}] | plugins[0].configuration: no object",
        "plugins: [{name: A, path: gone}] | plugins[0].path: gone cannot be read: java.nio.file.NoSuchFileException: gone",
        "plugins: [{name: A, path: list.yaml}] | plugins[0].path: list.yaml: no object (expected: a document in YAML or JSON)",
        "plugins: [{name: A, configuration: {}}, {name: A}] | plugins[1].name: A is there twice"
      })
  void whatIsNoConfigurationIsRefused(String text, String why) {
    assertThatThrownBy(() -> parse(HEAD + text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  @Test
  void anotherKindIsRefused() {
    assertThatThrownBy(() -> parse("kind: Pod\napiVersion: v1\n"))
        .hasMessage(
            "kind \"Pod\" of version \"v1\" (expected: AdmissionConfiguration of apiserver.config.k8s.io/v1)");
    assertThatThrownBy(() -> parse("a: [")).isInstanceOf(IllegalArgumentException.class);
  }
}
