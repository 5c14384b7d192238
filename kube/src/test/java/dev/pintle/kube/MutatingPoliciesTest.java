package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.certificate.TestAuthority;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What MutatingAdmissionPolicies make of objects.
final class MutatingPoliciesTest {
  private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";
  private static final String RULES =
      "\"matchConstraints\":{\"resourceRules\":[{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\",\"UPDATE\"],\"resources\":[\"configmaps\"]}]}";

  private final Api api = new Api();

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void policy(String name, boolean again, String patchType, String expression)
      throws InterruptedException {
    policy(name, RULES, again, patchType, expression);
  }

  private void policy(String name, String rules, boolean again, String patchType, String expression)
      throws InterruptedException {
    String field = patchType.equals("JSONPatch") ? "jsonPatch" : "applyConfiguration";
    String body =
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s,\"reinvocationPolicy\":\"%s\",\"mutations\":[{\"patchType\":\"%s\",\"%s\":{\"expression\":%s}}]}}"
            .formatted(
                name,
                rules,
                again ? "IfNeeded" : "Never",
                patchType,
                field,
                GoText.quote(expression));
    Api.Answer made = api.post(GROUP + "mutatingadmissionpolicies", body);
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    Api.Answer bound =
        api.post(
            GROUP + "mutatingadmissionpolicybindings",
            "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"policyName\":\"%s\"}}"
                .formatted(name, name));
    assertThat(bound.code()).as(bound.exchange().text()).isEqualTo(201);
  }

  private JsonObject made(String name) throws InterruptedException {
    Api.Answer made = api.map(name, "{\"a\":\"b\"}");
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    return made.body();
  }

  @Test
  void aPartOfAnObjectIsMergedIntoIt() throws InterruptedException {
    policy(
        "p",
        false,
        "ApplyConfiguration",
        "Object{metadata: Object.metadata{labels: {'c': 'd'}}, data: {'who': request.userInfo.username}}");
    JsonObject map = made("m");
    assertThat(map.objectAt("metadata").objectAt("labels").textOrEmpty("c")).isEqualTo("d");
    assertThat(map.objectAt("metadata").objectAt("labels").textOrEmpty("a")).isEqualTo("b");
    assertThat(map.objectAt("data").textOrEmpty("k")).isEqualTo("v");
    assertThat(map.objectAt("data").textOrEmpty("who")).isNotEmpty();
  }

  @Test
  void whatAPolicyAddsBelongsToNobody() throws InterruptedException {
    policy("p", false, "ApplyConfiguration", "Object{data: {'added': 'x'}}");
    assertThat(made("m").objectAt("metadata").arrayAt("managedFields").toString())
        .contains("f:k")
        .doesNotContain("f:added");
  }

  @Test
  void aPolicyIsAskedAgainWhenItWantsToBe() throws InterruptedException {
    String grow =
        "[JSONPatch{op: \"add\", path: \"/metadata/labels/%s\", value: object.metadata.labels.?%s.orValue(\"\") + \"x\"}]";
    policy("once", false, "JSONPatch", grow.formatted("one", "one"));
    policy("twice", true, "JSONPatch", grow.formatted("two", "two"));
    JsonObject labels = made("m").objectAt("metadata").objectAt("labels");
    assertThat(labels.textOrEmpty("one")).isEqualTo("x");
    assertThat(labels.textOrEmpty("two")).isEqualTo("xx");
  }

  @Test
  void whatCannotBeAppliedIsRefused() throws InterruptedException {
    policy("p", false, "JSONPatch", "[JSONPatch{op: \"remove\", path: \"/metadata/labels/z\"}]");
    Api.Answer refused = api.map("m", "{\"a\":\"b\"}");
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.reason()).isEqualTo("Invalid");
    assertThat(refused.message())
        .isEqualTo(
            "policy 'p' with binding 'p' denied request: JSON Patch: error in remove for path: '/metadata/labels/z': Unable to remove nonexistent key: z: missing value");
  }

  @Test
  void policiesAreNotAskedAboutThemselves() throws InterruptedException {
    policy("p", false, "ApplyConfiguration", "Object{data: {'added': 'x'}}");
    assertThat(api.delete(GROUP + "mutatingadmissionpolicybindings/p").code()).isEqualTo(200);
    assertThat(made("m").objectAt("data").has("added")).isFalse();
    assertThat(api.get(MAPS + "/m").code()).isEqualTo(200);
  }

  @Test
  void otherPluginsSeeWhatAPolicyMade() throws InterruptedException {
    Api.Answer made =
        api.post(
            GROUP + "mutatingadmissionpolicies",
            """
            {"metadata":{"name":"p"},"spec":{"reinvocationPolicy":"Never","matchConstraints":{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["pods"]}]},
            "mutations":[{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":"Object{spec: Object.spec{containers: [Object.spec.containers{name: 'side', image: 's'}]}}"}}]}}
            """);
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    assertThat(
            api.post(
                    GROUP + "mutatingadmissionpolicybindings",
                    "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"policyName\":\"p\"}}")
                .code())
        .isEqualTo(201);
    Api.Answer pod = api.pod("p", "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]");
    assertThat(pod.code()).as(pod.exchange().text()).isEqualTo(201);
    JsonObject side = pod.body().objectAt("spec").objects("containers").get(1);
    assertThat(side.textOrEmpty("name")).isEqualTo("side");
    assertThat(side.textOrEmpty("imagePullPolicy")).isEqualTo("Always");
    assertThat(side.objects("volumeMounts").getFirst().textOrEmpty("mountPath"))
        .isEqualTo("/var/run/secrets/kubernetes.io/serviceaccount");
  }

  @Test
  void anEvictionIsDoneAsAPolicyLeavesIt() throws InterruptedException {
    api.pod("p", "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]");
    String name = "tried";
    Api.Answer made =
        api.post(
            GROUP + "mutatingadmissionpolicies",
            """
            {"metadata":{"name":"%s"},"spec":{"reinvocationPolicy":"Never","matchConstraints":{"resourceRules":[\
            {"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["pods/eviction"]}]},\
            "mutations":[{"patchType":"JSONPatch","jsonPatch":{"expression":\
            "[JSONPatch{op: 'add', path: '/deleteOptions', value: Object.deleteOptions{dryRun: ['All']}}]"}}]}}\
            """
                .formatted(name));
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    api.post(
        GROUP + "mutatingadmissionpolicybindings",
        "{\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"policyName\":\"%1$s\"}}".formatted(name));
    String pod = "/api/v1/namespaces/default/pods/p";
    Api.Answer evicted =
        api.post(
            pod + "/eviction",
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"p\"}}");
    assertThat(evicted.code()).as(evicted.exchange().text()).isEqualTo(201);
    assertThat(api.get(pod).code()).as("the policy made it a try").isEqualTo(200);
  }

  /// One policy marks what is made of a resource; the other does `patch` to what is marked, which is when it is asked again.
  private void inTheSecondPass(String group, String resource, String patch)
      throws InterruptedException {
    String rules =
        RULES.replace("[\"\"]", "[\"%s\"]".formatted(group)).replace("configmaps", resource);
    policy(
        "a",
        rules,
        true,
        "JSONPatch",
        "object.metadata.?annotations.m.orValue('') == 'x' ? %s : []".formatted(patch));
    policy(
        "b",
        rules,
        false,
        "JSONPatch",
        "[JSONPatch{op: 'add', path: '/metadata/annotations', value: {'m': 'x'}}]");
  }

  @Test
  void whoAskedForACertificateIsWrittenAfterAllPolicies() throws InterruptedException {
    inTheSecondPass(
        "certificates.k8s.io",
        "certificatesigningrequests",
        "[JSONPatch{op: 'add', path: '/spec/username', value: 'x'}, JSONPatch{op: 'add', path: '/spec/groups', value: ['system:masters', 'x']}]");
    String pem = TestAuthority.request("jane", List.of());
    Api.Answer made =
        api.post(
            "/apis/certificates.k8s.io/v1/certificatesigningrequests",
            "{\"metadata\":{\"name\":\"r\"},\"spec\":{\"signerName\":\"example.com/s\",\"usages\":[\"client auth\"],\"request\":\"%s\"}}"
                .formatted(
                    Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII))));
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    assertThat(made.metadata().objectAt("annotations").textOrEmpty("m")).isEqualTo("x");
    JsonObject spec = made.body().objectAt("spec");
    assertThat(spec.textOrEmpty("username")).isEqualTo("admin");
    assertThat(spec.arrayAt("groups").toString()).doesNotContain("\"x\"");
  }

  @Test
  void nobodyGetsRightsByAPolicyThatTheyDoNotHave() throws InterruptedException {
    String roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
    String body =
        "{\"metadata\":{\"name\":\"%s\"},\"rules\":[{\"apiGroups\":[\"rbac.authorization.k8s.io\"],\"resources\":[\"clusterroles\"],\"verbs\":[\"create\",\"patch\"]}]}";
    assertThat(api.post(roles, body.formatted("makers")).code()).isEqualTo(201);
    Api.Answer bound =
        api.post(
            "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            "{\"metadata\":{\"name\":\"makers\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"makers\"},\"subjects\":[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"User\",\"name\":\"jane\"}]}");
    assertThat(bound.code()).isEqualTo(201);
    Map<String, String> asJane = Map.of("content-type", Api.JSON, "impersonate-user", "jane");
    assertThat(api.send("POST", roles, body.formatted("before"), asJane).code()).isEqualTo(201);
    inTheSecondPass(
        "rbac.authorization.k8s.io",
        "clusterroles",
        "[JSONPatch{op: 'add', path: '/rules', value: [{'apiGroups': ['*'], 'resources': ['*'], 'verbs': ['*']}]}]");
    Api.Answer made = api.send("POST", roles, body.formatted("after"), asJane);
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(403);
    assertThat(made.message()).contains("attempting to grant RBAC permissions not currently held");
    Map<String, String> patching = Map.of("content-type", Api.MERGE, "impersonate-user", "jane");
    String labels = "{\"metadata\":{\"labels\":{\"c\":\"d\"}}}";
    Api.Answer patched = api.send("PATCH", roles + "/before", labels, patching);
    assertThat(patched.code()).as(patched.exchange().text()).isEqualTo(403);
  }
}
