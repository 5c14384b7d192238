package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.HookedApi.MUTATING;
import static dev.pintle.kube.HookedApi.VALIDATING;
import static dev.pintle.kube.HookedApi.maps;
import static dev.pintle.kube.HookedApi.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.AdmissionNotes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What webhooks of admission are told, and what comes of what they say.
final class AdmissionWebhooksTest {
  private static final String ONE = MAPS + "/a";

  private HookedApi hooked;
  private Api api;

  @BeforeEach
  void start() throws InterruptedException {
    hooked = new HookedApi();
    api = hooked.api;
  }

  @AfterEach
  void close() {
    hooked.close();
  }

  private static JsonObject metadata(JsonObject object) {
    return object.objectOrEmpty("metadata");
  }

  @Test
  void aValidatingWebhookSeesWhatIsToBeStored() throws InterruptedException {
    hooked.install(VALIDATING, "v", hooked.hook("a", "allow", maps(), ""));
    Api.Answer made = api.map("a", "{}");
    JsonObject told = hooked.last();
    assertThat(told.textOrEmpty("operation")).isEqualTo("CREATE");
    assertThat(told.textOrEmpty("name")).isEqualTo("a");
    assertThat(told.textOrEmpty("namespace")).isEqualTo("default");
    assertThat(metadata(told.objectOrEmpty("object")).textOrEmpty("uid"))
        .isEqualTo(made.metadata().textOrEmpty("uid"));
    assertThat(metadata(told.objectOrEmpty("object")).objects("managedFields")).hasSize(1);
    assertThat(told.get("oldObject")).isEqualTo(Json.NULL);
    api.patch(ONE, MERGE, "{\"data\":{\"more\":\"1\"}}");
    JsonObject update = hooked.last();
    assertThat(update.textOrEmpty("operation")).isEqualTo("UPDATE");
    assertThat(update.objectOrEmpty("object").objectOrEmpty("data").textOrEmpty("more"))
        .isEqualTo("1");
    assertThat(update.objectOrEmpty("oldObject").objectOrEmpty("data").has("more")).isFalse();
    assertThat(update.objectOrEmpty("options").textOrEmpty("kind")).isEqualTo("UpdateOptions");
  }

  @Test
  void aMutatingWebhookChangesWhatIsStoredAndOwnsNothing() throws InterruptedException {
    hooked.install(MUTATING, "m", hooked.hook("a", "label", maps(), ""));
    Api.Answer made = api.map("a", "{}");
    assertThat(made.metadata().objectOrEmpty("labels").textOrEmpty("hooked")).isEqualTo("yes");
    assertThat(metadata(hooked.last().objectOrEmpty("object")).has("uid")).isFalse();
    Api.Answer stored = api.get(ONE);
    assertThat(stored.metadata().objectOrEmpty("labels").textOrEmpty("hooked")).isEqualTo("yes");
    assertThat(stored.metadata().array("managedFields")).doesNotHaveToString("hooked");
    assertThat(String.valueOf(stored.metadata().array("managedFields"))).doesNotContain("hooked");
    Api.Answer tried = api.post(MAPS + "?dryRun=All", "{\"metadata\":{\"name\":\"b\"}}");
    assertThat(tried.metadata().objectOrEmpty("labels").textOrEmpty("hooked")).isEqualTo("yes");
    assertThat(hooked.last().isTrue("dryRun")).isTrue();
    assertThat(api.get(MAPS + "/b").code()).isEqualTo(404);
  }

  @Test
  void whatChangesNothingMayNotBePatched() throws InterruptedException {
    api.map("a", "{}");
    hooked.install(MUTATING, "m", hooked.hook("a", "label", maps(), ""));
    Api.Answer refused = api.delete(ONE);
    assertThat(refused.code()).isEqualTo(500);
    assertThat(refused.message())
        .isEqualTo(
            "Internal error occurred: admission webhook \"a.example.com\" attempted to modify the object, which is not supported for this operation");
  }

  @Test
  void webhooksAreAskedInOrderAndThoseThatWantToAgain() throws InterruptedException {
    String again = ",'reinvocationPolicy':'IfNeeded'";
    hooked.install(
        MUTATING,
        "m1",
        hooked.hook("c1", "count", maps(), again),
        hooked.hook("c2", "count", maps(), ""));
    hooked.install(
        MUTATING,
        "m0",
        hooked.hook("c0", "count", maps(), again),
        hooked.hook("c3", "allow", maps(), again));
    Api.Answer made = api.map("a", "{}");
    assertThat(made.body().objectOrEmpty("data").textOrEmpty("n")).isEqualTo("5");
    assertThat(hooked.asked())
        .containsExactly("count", "allow", "count", "count", "count", "allow", "count");
  }

  @Test
  void aRefusalIsToldInTheWordsOfTheWebhook() throws InterruptedException {
    hooked.install(VALIDATING, "v", hooked.hook("a", "deny", maps(), ""));
    Api.Answer plain = api.map("a", "{}");
    assertThat(plain.code()).isEqualTo(400);
    assertThat(plain.message())
        .isEqualTo("admission webhook \"a.example.com\" denied the request without explanation");
    api.delete(VALIDATING + "/v");
    hooked.install(MUTATING, "m", hooked.hook("b", "why", maps(), ""));
    Api.Answer reasoned = api.map("a", "{}");
    assertThat(reasoned.code()).isEqualTo(409);
    assertThat(reasoned.reason()).isEqualTo("Conflict");
    assertThat(reasoned.message())
        .isEqualTo("admission webhook \"b.example.com\" denied the request: no");
    assertThat(reasoned.exchange().answerHeaders("warning")).containsExactly("299 - \"beware\"");
  }

  @Test
  void annotationsOfOneRequestAreBounded() {
    AdmissionNotes notes = AdmissionNotes.unread();
    notes.annotate("a", "x".repeat(60_000));
    notes.annotate("b", "x".repeat(6_000));
    notes.annotate("a", "y");
    notes.annotate("c", "x".repeat(5_000));
    assertThat(notes.annotations()).containsOnlyKeys("a", "c");
  }

  @Test
  void warningsComeWithTheAnswer() throws InterruptedException {
    hooked.install(VALIDATING, "v", hooked.hook("a", "warn", maps(), ""));
    assertThat(api.map("a", "{}").exchange().answerHeaders("warning"))
        .containsExactly("299 - \"beware\"");
  }

  @Test
  void whoCannotBeAskedDecidesByItsFailurePolicy() throws InterruptedException {
    String nowhere = "'url':'https://127.0.0.1:1/x'";
    hooked.install(VALIDATING, "v", hooked.hookAt("a", nowhere, maps(), ""));
    Api.Answer closed = api.map("a", "{}");
    assertThat(closed.code()).isEqualTo(500);
    assertThat(closed.message())
        .startsWith(
            "Internal error occurred: failed calling webhook \"a.example.com\": failed to call webhook: Post \"https://127.0.0.1:1/x?timeout=10s\": dial tcp 127.0.0.1:1: connect: ");
    api.delete(VALIDATING + "/v");
    hooked.install(
        VALIDATING, "v", hooked.hookAt("a", nowhere, maps(), ",'failurePolicy':'Ignore'"));
    assertThat(api.map("a", "{}").code()).isEqualTo(201);
    assertThat(api.get("/metrics").exchange().text())
        .contains(
            "apiserver_admission_webhook_fail_open_count{name=\"a.example.com\",type=\"validating\"} 1\n")
        .contains(
            "apiserver_admission_webhook_request_total{code=\"503\",name=\"a.example.com\",operation=\"CREATE\",rejected=\"true\",type=\"validating\"} 1\n");
  }

  @Test
  void aConfigurationIsInForceOnceItIsAcknowledgedAndNoLongerThanThat()
      throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      hooked.install(VALIDATING, "v", hooked.hook("a", "deny", maps(), ""));
      assertThat(api.map("a", "{}").code()).isEqualTo(400);
      api.delete(VALIDATING + "/v");
      assertThat(api.map("a" + i, "{}").code()).isEqualTo(201);
    }
  }

  @Test
  void nobodyIsAskedAboutWhoIsAsked() throws InterruptedException {
    String all = rule("*", "*", "*/*");
    hooked.install(VALIDATING, "v", hooked.hook("a", "deny", all, ""));
    hooked.install(MUTATING, "m", hooked.hook("b", "deny", all, ""));
    assertThat(api.map("a", "{}").code()).isEqualTo(400);
    assertThat(
            api.post(
                    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                    "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}")
                .code())
        .isEqualTo(201);
    assertThat(api.delete(VALIDATING + "/v").code()).isEqualTo(200);
    assertThat(api.delete(MUTATING + "/m").code()).isEqualTo(200);
    assertThat(api.map("a", "{}").code()).isEqualTo(201);
  }

  @Test
  void conditionsSayWhetherAWebhookIsAsked() throws InterruptedException {
    String conditions = ",'matchConditions':[{'name':'named','expression':'%s'}]";
    hooked.install(
        VALIDATING,
        "v",
        hooked.hook(
            "a", "deny", maps(), conditions.formatted("object.metadata.name == \\u0027a\\u0027")));
    assertThat(api.map("b", "{}").code()).isEqualTo(201);
    assertThat(api.map("a", "{}").code()).isEqualTo(400);
    api.delete(VALIDATING + "/v");
    hooked.install(
        VALIDATING,
        "v",
        hooked.hook("a", "deny", maps(), conditions.formatted("object.none == 1")));
    Api.Answer failed = api.map("a", "{}");
    assertThat(failed.code()).isEqualTo(403);
    assertThat(failed.message()).startsWith("configmaps \"a\" is forbidden: ");
  }

  @Test
  void aWebhookOfAnotherVersionSeesItsOwn() throws InterruptedException {
    String scalers = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";
    String scaler =
        "{\"metadata\":{\"name\":\"h\"},\"spec\":{\"maxReplicas\":3,\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"d\"},\"metrics\":[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":50}}}]}}";
    hooked.install(
        MUTATING,
        "m",
        hooked.hook("a", "label", rule("autoscaling", "v1", "horizontalpodautoscalers"), ""));
    Api.Answer made = api.post(scalers, scaler);
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    JsonObject told = hooked.last();
    assertThat(told.objectOrEmpty("kind").textOrEmpty("version")).isEqualTo("v1");
    assertThat(told.objectOrEmpty("requestKind").textOrEmpty("version")).isEqualTo("v2");
    assertThat(
            told.objectOrEmpty("object")
                .objectOrEmpty("spec")
                .wholeOrZero("targetCPUUtilizationPercentage"))
        .isEqualTo(50);
    assertThat(made.metadata().objectOrEmpty("labels").textOrEmpty("hooked")).isEqualTo("yes");
    assertThat(made.body().objectOrEmpty("spec").objects("metrics")).hasSize(1);
    api.delete(MUTATING + "/m");
    api.delete(scalers + "/h");
    hooked.install(
        VALIDATING,
        "v",
        hooked.hook(
            "a",
            "deny",
            rule("autoscaling", "v1", "horizontalpodautoscalers"),
            ",'matchPolicy':'Exact'"));
    assertThat(api.post(scalers, scaler).code()).isEqualTo(201);
  }

  @Test
  void aDryRunIsRefusedWhereAskingHasEffects() throws InterruptedException {
    // No version that is still served lets anybody write such a webhook.
    String written =
        HookedApi.configuration(
                "v", hooked.hook("a", "allow", maps(), "").replace("'None'", "'Some'"))
            .replaceFirst(
                "\\{",
                "{\"kind\":\"ValidatingWebhookConfiguration\",\"apiVersion\":\"admissionregistration.k8s.io/v1\",");
    api.store(
        "/registry/validatingwebhookconfigurations/v", written.getBytes(StandardCharsets.UTF_8));
    Api.Answer refused = api.post(MAPS + "?dryRun=All", "{\"metadata\":{\"name\":\"a\"}}");
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.message())
        .isEqualTo("admission webhook \"a.example.com\" does not support dry run");
    assertThat(api.map("a", "{}").code()).isEqualTo(201);
  }

  @Test
  void theOlderReviewIsSentToWhoKnowsNoOther() throws InterruptedException {
    hooked.install(
        VALIDATING,
        "v",
        hooked
            .hook("a", "allow", maps(), "")
            .replace(
                "'admissionReviewVersions':['v1']", "'admissionReviewVersions':['v7','v1beta1']"));
    assertThat(api.map("a", "{}").code()).isEqualTo(201);
    assertThat(hooked.server.received().getLast().review().textOrEmpty("apiVersion"))
        .isEqualTo("admission.k8s.io/v1beta1");
  }

  @Test
  void whatWebhooksDidIsSaidInTheAuditRecord() throws InterruptedException {
    hooked.install(MUTATING, "m", hooked.hook("a", "label", maps(), ""));
    hooked.install(
        VALIDATING,
        "v",
        hooked.hook("b", "audit", maps(), ""),
        hooked.hookAt("c", "'url':'https://127.0.0.1:1/x'", maps(), ",'failurePolicy':'Ignore'"));
    api.map("a", "{}");
    assertThat(hooked.annotated())
        .containsOnly(
            Map.entry(
                "mutation.webhook.admission.k8s.io/round_0_index_0",
                "{\"configuration\":\"m\",\"webhook\":\"a.example.com\",\"mutated\":true}"),
            Map.entry(
                "patch.webhook.admission.k8s.io/round_0_index_0",
                "{\"configuration\":\"m\",\"webhook\":\"a.example.com\",\"patch\":[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"hooked\":\"yes\"}}],\"patchType\":\"JSONPatch\"}"),
            Map.entry("b.example.com/why", "because"),
            Map.entry(
                "failed-open.validating.webhook.admission.k8s.io/round_0_index_1",
                "c.example.com"));
  }
}
