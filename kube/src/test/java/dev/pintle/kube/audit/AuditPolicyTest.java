package dev.pintle.kube.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditPolicyTest {
  private static final UserInfo JANE =
      new UserInfo("jane", "", List.of("devs", UserInfo.AUTHENTICATED), Map.of());
  private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";

  private static AuditPolicy policy(String rules) {
    return AuditPolicy.parse(HEAD + "rules:\n" + rules);
  }

  private static RequestInfo target(String method, String path) {
    int question = path.indexOf('?');
    String query = question < 0 ? "" : path.substring(question + 1);
    return RequestInfo.parse(
        method, question < 0 ? path : path.substring(0, question), Query.parse(query));
  }

  private static AuditLevel level(
      AuditPolicy policy, @Nullable UserInfo user, String method, String path) {
    return policy.judge(user, target(method, path)).level();
  }

  @Test
  void theFirstRuleThatIsAboutARequestCounts() {
    AuditPolicy policy =
        policy("- {level: Request, verbs: [create]}\n- {level: Metadata}\n- {level: None}\n");
    assertThat(level(policy, JANE, "POST", "/api/v1/namespaces/a/pods"))
        .isEqualTo(AuditLevel.REQUEST);
    assertThat(level(policy, JANE, "GET", "/api/v1/namespaces/a/pods"))
        .isEqualTo(AuditLevel.METADATA);
  }

  @Test
  void nothingIsWrittenDownOfWhatNoRuleIsAbout() {
    AuditPolicy policy = policy("- {level: Metadata, users: [joe]}\n");
    assertThat(policy.judge(JANE, target("GET", "/api")).counts()).isFalse();
  }

  @Test
  void usersAndGroupsBothHaveToMatchAndNobodyIsNeither() {
    AuditPolicy policy = policy("- {level: Metadata, users: [jane], userGroups: [devs, ops]}\n");
    assertThat(level(policy, JANE, "GET", "/api")).isEqualTo(AuditLevel.METADATA);
    UserInfo outside = new UserInfo("jane", "", List.of("others"), Map.of());
    assertThat(level(policy, outside, "GET", "/api")).isEqualTo(AuditLevel.NONE);
    assertThat(level(policy, null, "GET", "/api")).isEqualTo(AuditLevel.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "pods, /api/v1/namespaces/a/pods/p, true",
    "pods, /api/v1/namespaces/a/pods/p/log, false",
    "pods/log, /api/v1/namespaces/a/pods/p/log, true",
    "pods/*, /api/v1/namespaces/a/pods/p/log, true",
    "pods/*, /api/v1/namespaces/a/pods/p, true",
    "*/log, /api/v1/namespaces/a/pods/p/log, true",
    "*/log, /api/v1/namespaces/a/pods/p, false",
    "*, /api/v1/namespaces/a/pods/p/log, true",
    "*, /apis/apps/v1/deployments, false",
    "pods, /api, false",
  })
  void resourcesAreNamedAsUpstreamNamesThem(String resource, String path, boolean about) {
    AuditPolicy policy =
        policy(
            "- {level: Metadata, resources: [{group: \"\", resources: [\"" + resource + "\"]}]}\n");
    // Upstream takes `pods/*` for pods too, once the resource is the same.
    assertThat(policy.judge(JANE, target("GET", path)).counts()).isEqualTo(about);
  }

  @Test
  void aRuleMayBeAboutObjectsWithSomeNames() {
    AuditPolicy policy =
        policy("- {level: Metadata, resources: [{resources: [secrets], resourceNames: [s]}]}\n");
    assertThat(level(policy, JANE, "GET", "/api/v1/namespaces/a/secrets/s"))
        .isEqualTo(AuditLevel.METADATA);
    assertThat(level(policy, JANE, "GET", "/api/v1/namespaces/a/secrets/t"))
        .isEqualTo(AuditLevel.NONE);
    assertThat(level(policy, JANE, "GET", "/api/v1/secrets?fieldSelector=metadata.name%3Ds"))
        .isEqualTo(AuditLevel.METADATA);
  }

  @Test
  void theEmptyNamespaceIsThatOfResourcesWithoutOne() {
    AuditPolicy policy = policy("- {level: Metadata, namespaces: [\"\"]}\n");
    assertThat(level(policy, JANE, "GET", "/api/v1/nodes")).isEqualTo(AuditLevel.METADATA);
    assertThat(level(policy, JANE, "GET", "/api/v1/namespaces/a/pods")).isEqualTo(AuditLevel.NONE);
    assertThat(level(policy, JANE, "GET", "/healthz")).isEqualTo(AuditLevel.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "/healthz, /healthz, true",
    "/healthz, /healthz/ping, false",
    "/healthz*, /healthz/ping, true",
    "*, /metrics, true",
    "*, /api/v1/nodes, false",
  })
  void pathsMayHaveAStarBehindThem(String pattern, String path, boolean about) {
    AuditPolicy policy = policy("- {level: Metadata, nonResourceURLs: [\"" + pattern + "\"]}\n");
    assertThat(policy.judge(JANE, target("GET", path)).counts()).isEqualTo(about);
  }

  @Test
  void stagesThatAreOmittedAreThoseOfThePolicyAndOfTheRule() {
    AuditPolicy policy =
        AuditPolicy.parse(
            HEAD
                + "omitStages: [RequestReceived]\nomitManagedFields: true\nrules:\n"
                + "- {level: Metadata, verbs: [get], omitStages: [Panic], omitManagedFields: false}\n- {level: Metadata}\n");
    AuditVerdict first = policy.judge(JANE, target("GET", "/api"));
    assertThat(first.omitted())
        .containsExactlyInAnyOrder(AuditStage.REQUEST_RECEIVED, AuditStage.PANIC);
    assertThat(first.withoutManagedFields()).isFalse();
    AuditVerdict second = policy.judge(JANE, target("POST", "/api"));
    assertThat(second.omitted()).containsExactly(AuditStage.REQUEST_RECEIVED);
    assertThat(second.withoutManagedFields()).isTrue();
  }

  @Test
  void aFieldThatNobodyKnowsIsPassedOver() {
    assertThat(policy("- {level: Metadata, usres: [x]}\n").rules()).hasSize(1);
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> AuditPolicy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void whatIsNoPolicyIsRefused() {
    refused(
        "kind: Policy\napiVersion: audit.k8s.io/v1beta1\n",
        "failed decoding: no kind \"Policy\" is registered for version \"audit.k8s.io/v1beta1\" (expected: kind Policy of audit.k8s.io/v1)");
    refused(HEAD, "loaded illegal policy with 0 rules");
    refused("[1]", "failed decoding: no object (expected: YAML or JSON)");
    refused(
        HEAD + "rules: [{level: 1}]",
        "failed decoding: rules[0].level: a number (expected: string)");
  }

  @Test
  void whatIsWrongIsToldTogetherInUpstreamsWords() {
    refused(
        HEAD + "rules:\n- {users: [a]}\n- {level: Loud}\n",
        "[rules[0].level: Required value, rules[1].level: Unsupported value: \"Loud\": supported values: \"None\", \"Metadata\", \"Request\", \"RequestResponse\"]");
    refused(
        HEAD + "omitStages: [Later]\nrules: [{level: None}]\n",
        "omitStages[0]: Invalid value: \"Later\": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic");
    refused(
        HEAD + "rules: [{level: None, nonResourceURLs: [healthz, \"/a*b\"]}]\n",
        "[rules[0].nonResourceURLs[0]: Invalid value: \"healthz\": non-resource URL rules must begin with a '/' character, rules[0].nonResourceURLs[1]: Invalid value: \"/a*b\": non-resource URL wildcards '*' must be the final character of the rule]");
    refused(
        HEAD + "rules: [{level: None, resources: [{group: apps, resourceNames: [a]}]}]\n",
        "rules[0].resources.resourceNames: Invalid value: [\"a\"]: using resourceNames requires at least one resource");
    refused(
        HEAD + "rules: [{level: None, namespaces: [a], nonResourceURLs: [/a]}]\n",
        "rules[0].nonResourceURLs: Invalid value: [\"/a\"]: rules cannot apply to both regular resources and non-resource URLs");
  }
}
