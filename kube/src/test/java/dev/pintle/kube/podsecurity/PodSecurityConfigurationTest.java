package dev.pintle.kube.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import org.junit.jupiter.api.Test;

/// The configuration of PodSecurity, and what is told of one that is wrong.
final class PodSecurityConfigurationTest {
  private static final String HEAD =
      "apiVersion: pod-security.admission.config.k8s.io/v1\nkind: PodSecurityConfiguration\n";

  private static PodSecurityConfiguration read(String text) {
    return PodSecurityConfiguration.of((JsonObject) YamlReader.read(text));
  }

  private static void isRefused(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  @Test
  void whatIsNotSaidIsPrivilegedAndLatest() {
    assertThat(read(HEAD)).isEqualTo(PodSecurityConfiguration.DEFAULT);
    for (String version : new String[] {"v1beta1", "v1alpha1"}) {
      assertThat(read(HEAD.replace("/v1\n", "/" + version + "\n")))
          .isEqualTo(PodSecurityConfiguration.DEFAULT);
    }
  }

  @Test
  void defaultsAndExemptionsAreRead() {
    PodSecurityConfiguration read =
        read(
            HEAD
                + """
                defaults: {enforce: baseline, enforce-version: v1.20, warn: restricted}
                exemptions:
                  usernames: [alice]
                  namespaces: [kube-system]
                  runtimeClasses: [gvisor]
                """);

    assertThat(read.defaults().enforce()).hasToString("baseline:v1.20");
    assertThat(read.defaults().audit()).hasToString("privileged:latest");
    assertThat(read.defaults().warn()).hasToString("restricted:latest");
    assertThat(read.usernames()).containsExactly("alice");
    assertThat(read.namespaces()).containsExactly("kube-system");
    assertThat(read.runtimeClasses()).containsExactly("gvisor");
  }

  @Test
  void whatIsWrongIsToldAsUpstreamTellsIt() {
    isRefused(
        HEAD + "defaults: {enforce: x, warn-version: w}",
        "PodSecurity configuration error: [enforce: must be one of privileged, baseline, restricted, warn-version: must be \"latest\" or \"v1.x\"]");
    isRefused(
        HEAD + "exemptions: {namespaces: [a, a, A_B], usernames: ['']}",
        "PodSecurity invalid: [exemptions.namespaces[1]: Duplicate value: \"a\", exemptions.namespaces[2]: Invalid value: \"A_B\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), exemptions.usernames[0]: Invalid value: \"\": username must not be empty]");
    isRefused(
        HEAD + "defaults: {enforced: baseline}",
        "strict decoding error: unknown field \"defaults.enforced\"");
    isRefused(
        HEAD + "defaults: {enforce: true}",
        "json: cannot unmarshal bool into Go struct field PodSecurityDefaults.defaults.enforce of type string");
    isRefused(
        HEAD.replace("/v1\n", "/v99\n"),
        "no kind \"PodSecurityConfiguration\" is registered for version \"pod-security.admission.config.k8s.io/v99\" in scheme \"pkg/runtime/scheme.go:111\"");
  }
}
