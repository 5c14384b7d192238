package dev.pintle.kube;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.certificate.TestAuthority;
import dev.pintle.kube.object.GoText;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rights that a mutating policy would give to somebody who does not have them.
final class EscalationByPolicyTest {
  private static final String REGISTRATION = "/apis/admissionregistration.k8s.io/v1/";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String ROLES = RBAC + "namespaces/default/roles";
  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

  private static final Map<String, String> AS_JANE =
      Map.of("content-type", "application/json", "impersonate-user", "jane");

  private final Api api = new Api();

  @BeforeEach
  void letJaneWrite() throws InterruptedException {
    api.settledIn();
    made(
        RBAC + "clusterroles",
        """
        {"metadata":{"name":"writer"},"rules":[\
        {"apiGroups":["rbac.authorization.k8s.io"],"resources":["*"],"verbs":["create","update","patch","get"]},\
        {"apiGroups":["certificates.k8s.io"],"resources":["*"],"verbs":["create"]}]}\
        """);
    made(
        RBAC + "clusterrolebindings",
        """
        {"metadata":{"name":"writer"},"subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"jane"}],\
        "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"writer"}}\
        """);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void made(String path, String body) throws InterruptedException {
    Answer made = api.post(path, body);
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
  }

  /// @param again whether it is asked a second time when others changed the object
  private void policy(String name, String group, String resource, boolean again, String patch)
      throws InterruptedException {
    made(
        REGISTRATION + "mutatingadmissionpolicies",
        """
        {"metadata":{"name":"%s"},"spec":{"reinvocationPolicy":"%s","matchConstraints":{"resourceRules":[\
        {"apiGroups":["%s"],"apiVersions":["v1"],"operations":["CREATE","UPDATE"],"resources":["%s"]}]},\
        "mutations":[{"patchType":"JSONPatch","jsonPatch":{"expression":%s}}]}}\
        """
            .formatted(name, again ? "IfNeeded" : "Never", group, resource, GoText.quote(patch)));
    made(
        REGISTRATION + "mutatingadmissionpolicybindings",
        "{\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"policyName\":\"%1$s\"}}".formatted(name));
  }

  @Test
  void rulesThatAPolicyAddsAreHeldAgainstTheRightsOfWhoWritesTheRole() throws InterruptedException {
    policy(
        "all",
        "rbac.authorization.k8s.io",
        "roles",
        false,
        "[JSONPatch{op: 'add', path: '/rules', value: [Object.rules{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]}]");
    Answer created =
        api.send("POST", ROLES, "{\"metadata\":{\"name\":\"r\"},\"rules\":[]}", AS_JANE);
    assertThat(created.code()).as(created.exchange().text()).isEqualTo(403);
    assertThat(created.message()).contains("is attempting to grant RBAC permissions");
    assertThat(api.get(ROLES + "/r").code()).isEqualTo(404);
  }

  @Test
  void rulesThatAPolicyAddsInItsSecondRoundAreToo() throws InterruptedException {
    String marked = "has(object.metadata.annotations) && 'seen' in object.metadata.annotations";
    policy(
        "a",
        "rbac.authorization.k8s.io",
        "roles",
        true,
        marked
            + " ? [JSONPatch{op: 'add', path: '/rules', value: [Object.rules{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]}] : []");
    policy(
        "b",
        "rbac.authorization.k8s.io",
        "roles",
        false,
        "[JSONPatch{op: 'add', path: '/metadata/annotations', value: {'seen': 'yes'}}]");
    Answer created =
        api.send("POST", ROLES, "{\"metadata\":{\"name\":\"r\"},\"rules\":[]}", AS_JANE);
    assertThat(created.code()).as(created.exchange().text()).isEqualTo(403);
  }

  @Test
  void whoAsksForACertificateIsSaidByNoPolicy() throws InterruptedException {
    policy(
        "masters",
        "certificates.k8s.io",
        "certificatesigningrequests",
        true,
        "[JSONPatch{op: 'add', path: '/spec/username', value: 'x'}, JSONPatch{op: 'add', path: '/spec/groups', value: ['system:masters']}]");
    Answer asked =
        api.send(
            "POST",
            REQUESTS + "?dryRun=All",
            """
            {"metadata":{"name":"c"},"spec":{"signerName":"example.com/s","usages":["client auth"],"request":"%s"}}\
            """
                .formatted(
                    Base64.getEncoder()
                        .encodeToString(TestAuthority.request("j", List.of()).getBytes(US_ASCII))),
            AS_JANE);
    assertThat(asked.code()).as(asked.exchange().text()).isEqualTo(201);
    assertThat(asked.body().objectAt("spec").textOrEmpty("username")).isEqualTo("jane");
    assertThat(asked.body().objectAt("spec").texts("groups"))
        .containsExactly("system:authenticated");
  }
}
