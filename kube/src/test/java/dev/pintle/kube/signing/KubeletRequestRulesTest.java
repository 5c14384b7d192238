package dev.pintle.kube.signing;

import static dev.pintle.kube.signing.KubeletRequestRules.notForClient;
import static dev.pintle.kube.signing.KubeletRequestRules.notForServing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.certificate.MalformedException;
import dev.pintle.kube.certificate.RequestedNames;
import dev.pintle.kube.certificate.SigningRequest;
import dev.pintle.kube.certificate.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KubeletRequestRulesTest {
  private static final List<String> CLIENT = List.of("digital signature", "client auth");
  private static final List<String> SERVING = List.of("digital signature", "server auth");
  private static final List<String> NODES = List.of("system:nodes");
  private static final String NODE = "system:node:n";

  private static RequestedNames names(String name, List<String> organizations, String... hosts)
      throws MalformedException {
    String pem = TestAuthority.request(name, organizations, hosts);
    return SigningRequest.read(pem.getBytes(StandardCharsets.US_ASCII)).names();
  }

  @Test
  void whatAKubeletMayShowIsTold() throws MalformedException {
    assertThat(notForClient(names(NODE, NODES), CLIENT)).isEmpty();
    assertThat(notForClient(names(NODE, List.of("x")), CLIENT))
        .contains("subject organization is not system:nodes");
    assertThat(notForClient(names(NODE, NODES, "h"), CLIENT))
        .contains("DNS subjectAltNames are not allowed");
    assertThat(notForClient(names("n", NODES), CLIENT))
        .contains("subject common name does not begin with system:node:");
    assertThat(notForClient(names(NODE, NODES), SERVING))
        .contains("usages did not match [client auth digital signature key encipherment]");
  }

  @Test
  void whatAKubeletMayServeWithIsTold() throws MalformedException {
    assertThat(notForServing(names(NODE, NODES, "h"), SERVING)).isEmpty();
    assertThat(notForServing(names(NODE, NODES), SERVING))
        .contains("DNS or IP subjectAltName is required");
    assertThat(notForServing(names(NODE, NODES, "h"), CLIENT))
        .contains("usages did not match [digital signature key encipherment server auth]");
    assertThat(notForServing(names("n", NODES, "h"), SERVING))
        .contains("subject common name does not begin with system:node:");
  }
}
