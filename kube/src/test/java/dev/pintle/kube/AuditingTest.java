package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.audit.Audit;
import dev.pintle.kube.audit.AuditBatching;
import dev.pintle.kube.audit.AuditFormat;
import dev.pintle.kube.audit.AuditLogSettings;
import dev.pintle.kube.audit.AuditMode;
import dev.pintle.kube.audit.AuditPolicy;
import dev.pintle.kube.audit.KeptLines;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is written down of requests.
final class AuditingTest {
  private static final String EVERYTHING = "- {level: RequestResponse}\n";
  private static final String MAP = "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}";
  private static final AuditLogSettings DEFAULT = AuditLogSettings.DEFAULT;

  private final KeptLines lines = new KeptLines();
  private final List<AutoCloseable> opened = new ArrayList<>();

  private Api api(AuditMode mode, String rules, UnaryOperator<Stage> innermost) {
    Audit audit =
        new Audit(
            AuditPolicy.parse("apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n" + rules),
            new AuditLogSettings(
                "x",
                AuditFormat.JSON,
                new AuditBatching(mode, 10, 1, Duration.ZERO, false, 0, 0),
                DEFAULT.truncation(),
                DEFAULT.files()),
            lines,
            Clock.systemUTC());
    Api api = new Api(KubeConfig.DEFAULT.withAudit(audit), innermost);
    opened.add(api);
    opened.add(audit);
    return api;
  }

  private Api api(String rules) {
    return api(AuditMode.BLOCKING, rules, UnaryOperator.identity());
  }

  @AfterEach
  void close() throws Exception {
    lines.letOn();
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private FakeExchange send(Api api, String method, String target, String type, String body)
      throws InterruptedException {
    FakeExchange exchange =
        api.start(
            method,
            target,
            body.getBytes(StandardCharsets.UTF_8),
            Map.of("audit-id", "mine", "content-type", type));
    assertThat(exchange.status()).isPositive();
    return exchange;
  }

  /// The next event of a request of the test.
  private JsonObject next() throws InterruptedException {
    JsonObject event = (JsonObject) JsonReader.read(lines.next());
    return event.textOrEmpty("auditID").equals("mine") ? event : next();
  }

  private static String json(JsonObject event, String field) {
    return JsonWriter.text(event.objectOrEmpty(field));
  }

  private static String text(JsonObject event, String field) {
    return event.textOrEmpty(field);
  }

  @Test
  void aWriteIsWrittenDownWhenItComesAndWhenItIsAnswered() throws InterruptedException {
    send(api(EVERYTHING), "POST", Api.MAPS, Api.JSON, MAP);
    JsonObject received = next();
    assertThat(text(received, "stage")).isEqualTo("RequestReceived");
    assertThat(received.has("responseStatus")).isFalse();
    assertThat(text(received.objectOrEmpty("objectRef"), "name")).isEmpty();
    JsonObject complete = next();
    assertThat(text(complete, "stage")).isEqualTo("ResponseComplete");
    assertThat(text(complete, "verb")).isEqualTo("create");
    assertThat(text(complete.objectOrEmpty("objectRef"), "name")).isEqualTo("a");
    assertThat(json(complete, "responseStatus")).isEqualTo("{\"metadata\":{},\"code\":201}");
    assertThat(json(complete, "requestObject"))
        .isEqualTo(
            "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
    assertThat(complete.objectOrEmpty("responseObject").objectOrEmpty("metadata").has("uid"))
        .isTrue();
    assertThat(text(complete.objectOrEmpty("annotations"), "authorization.k8s.io/decision"))
        .isEqualTo("allow");
  }

  @Test
  void metadataAloneHasNoObjects() throws InterruptedException {
    send(
        api("- {level: Metadata, omitStages: [RequestReceived]}\n"),
        "POST",
        Api.MAPS,
        Api.JSON,
        MAP);
    JsonObject complete = next();
    assertThat(complete.has("requestObject")).isFalse();
    assertThat(complete.has("responseObject")).isFalse();
    assertThat(text(complete.objectOrEmpty("objectRef"), "name")).isEqualTo("a");
  }

  @Test
  void aSmallReadIsWrittenDownToo() throws InterruptedException {
    Api api = api("- {level: RequestResponse, verbs: [get]}\n");
    api.map("a", "{}");
    send(api, "GET", Api.MAPS + "/a", "", "");
    assertThat(text(next(), "stage")).isEqualTo("RequestReceived");
    assertThat(text(next().objectOrEmpty("responseObject"), "kind")).isEqualTo("ConfigMap");
  }

  @Test
  void nothingIsWrittenDownOfWhatThePolicyLeavesOutAndItIsCounted() throws InterruptedException {
    Api api = api("- {level: None, verbs: [get]}\n- {level: Metadata}\n");
    api.map("a", "{}");
    send(api, "GET", Api.MAPS + "/a", "", "");
    send(api, "GET", "/version", "", "");
    send(api, "DELETE", Api.MAPS + "/a", "", "");
    assertThat(text(next(), "verb")).isEqualTo("delete");
    assertThat(send(api, "GET", "/metrics", "", "").text())
        .contains("apiserver_audit_level_total{level=\"None\"} 3\n")
        .contains("apiserver_audit_requests_rejected_total 0\n");
  }

  @Test
  void aRefusalIsWrittenDownWithItsStatus() throws InterruptedException {
    send(
        api("- {level: RequestResponse, omitStages: [RequestReceived]}\n"),
        "GET",
        Api.MAPS + "/none",
        "",
        "");
    JsonObject complete = next();
    assertThat(json(complete, "responseStatus"))
        .isEqualTo(
            "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"configmaps \\\"none\\\" not found\",\"reason\":\"NotFound\",\"details\":{\"name\":\"none\",\"kind\":\"configmaps\"},\"code\":404}");
    assertThat(text(complete.objectOrEmpty("responseObject"), "kind")).isEqualTo("Status");
  }

  @Test
  void whoNobodyKnowsIsWrittenDownOnceWithoutAName() throws InterruptedException {
    Api api = api(EVERYTHING);
    FakeExchange exchange =
        api.start(
            "GET",
            Api.MAPS,
            new byte[0],
            Map.of("audit-id", "mine", "authorization", "Bearer wrong"));
    assertThat(exchange.status()).isEqualTo(401);
    JsonObject event = next();
    assertThat(text(event, "stage")).isEqualTo("ResponseStarted");
    assertThat(event.objectOrEmpty("user").isEmpty()).isTrue();
    assertThat(text(event.objectOrEmpty("responseStatus"), "reason")).isEqualTo("Unauthorized");
    send(api, "GET", "/version", "", "");
    assertThat(text(next(), "requestURI")).isEqualTo("/version");
  }

  @Test
  void aWatchHasAStageOfItsOwnWhenItBegins() throws InterruptedException {
    Api api = api(EVERYTHING);
    send(api, "GET", Api.MAPS + "?watch=1&timeoutSeconds=1", "", "");
    assertThat(text(next(), "stage")).isEqualTo("RequestReceived");
    JsonObject started = next();
    assertThat(text(started, "stage")).isEqualTo("ResponseStarted");
    assertThat(json(started, "responseStatus")).isEqualTo("{\"metadata\":{},\"code\":200}");
    assertThat(text(next(), "stage")).isEqualTo("ResponseComplete");
  }

  private static void largeMap(Api api, int number) throws InterruptedException {
    String body =
        "{\"metadata\":{\"name\":\"m%d\"},\"data\":{\"k\":\"%s\"}}"
            .formatted(number, "x".repeat(100_000));
    assertThat(api.post(Api.MAPS, body).code()).isEqualTo(201);
  }

  @Test
  void aListThatIsSentInPiecesIsWrittenDownWholeOrNotAtAll() throws InterruptedException {
    Api api = api("- {level: RequestResponse, verbs: [list], omitStages: [RequestReceived]}\n");
    for (int i = 0; i < 7; i++) {
      largeMap(api, i);
    }
    send(api, "GET", Api.MAPS, "", "");
    JsonObject whole = next();
    assertThat(whole.objectOrEmpty("responseObject").arrayOrEmpty("items").size())
        .as("%s %s", json(whole, "annotations"), json(whole, "responseStatus"))
        .isEqualTo(7);
    for (int i = 7; i < 14; i++) {
      largeMap(api, i);
    }
    send(api, "GET", Api.MAPS, "", "");
    JsonObject cut = next();
    assertThat(cut.has("responseObject")).isFalse();
    assertThat(text(cut.objectOrEmpty("annotations"), "audit.k8s.io/truncated")).isEqualTo("true");
  }

  @Test
  void aFailureOfOursIsAPanic() throws InterruptedException {
    Api api =
        api(
            AuditMode.BLOCKING,
            "- {level: Metadata, omitStages: [RequestReceived]}\n",
            next ->
                context -> {
                  if (context.header("audit-id").equals("mine")) {
                    throw new IllegalStateException("broken");
                  }
                  next.handle(context);
                });
    send(api, "GET", "/version", "", "");
    JsonObject panic = next();
    assertThat(text(panic, "stage")).isEqualTo("Panic");
    assertThat(json(panic, "responseStatus"))
        .isEqualTo(
            "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"APIServer panic'd: broken\",\"reason\":\"InternalError\",\"code\":500}");
  }

  @Test
  void aRequestWhoseArrivalCannotBeWrittenDownIsRefusedWhereTheModeIsStrict()
      throws InterruptedException {
    Api api =
        api(
            AuditMode.BLOCKING_STRICT,
            "- {level: Metadata, verbs: [create]}\n",
            UnaryOperator.identity());
    lines.full(true);
    FakeExchange refused = send(api, "POST", Api.MAPS, Api.JSON, MAP);
    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused.text())
        .isEqualTo(
            "Internal Server Error: \"%s\": failed to store audit event\n".formatted(Api.MAPS));
    lines.full(false);
    assertThat(send(api, "POST", Api.MAPS, Api.JSON, MAP).status()).isEqualTo(201);
    assertThat(send(api, "GET", "/metrics", "", "").text())
        .contains("apiserver_audit_requests_rejected_total 1\n");
  }

  @Test
  void whomARequestActsAsIsWrittenDownBesideWhoSentIt() throws InterruptedException {
    Api api = api("- {level: Metadata, omitStages: [RequestReceived]}\n");
    api.settledIn();
    FakeExchange exchange =
        api.start(
            "GET", Api.MAPS, new byte[0], Map.of("audit-id", "mine", "impersonate-user", "jane"));
    assertThat(exchange.status()).isEqualTo(403);
    JsonObject event = next();
    assertThat(text(event.objectOrEmpty("user"), "username")).isEqualTo("admin");
    assertThat(text(event.objectOrEmpty("impersonatedUser"), "username")).isEqualTo("jane");
    assertThat(text(event.objectOrEmpty("authenticationMetadata"), "impersonationConstraint"))
        .isEqualTo("impersonate:user-info");
    assertThat(text(event.objectOrEmpty("annotations"), "authorization.k8s.io/decision"))
        .isEqualTo("forbid");
  }
}
