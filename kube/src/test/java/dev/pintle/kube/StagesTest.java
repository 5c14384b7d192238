package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.chain.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// The way of a request, seen by a stage that counts.
final class StagesTest {
  private final Map<String, Integer> passed = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<RequestContext> contexts = new ConcurrentLinkedQueue<>();
  private final Api api = new Api(this::counting);
  private final List<String> sent = new ArrayList<>();

  private Stage counting(Stage next) {
    return context -> {
      passed.merge(context.auditId(), 1, Integer::sum);
      contexts.add(context);
      next.handle(context);
    };
  }

  private int send(String method, String target, String type, String body)
      throws InterruptedException {
    String id = "request-" + sent.size();
    sent.add(id);
    return api.start(
            method,
            target,
            body.getBytes(StandardCharsets.UTF_8),
            Map.of("audit-id", id, "content-type", type))
        .status();
  }

  @Test
  void everyRequestPassesEachStageOnceWhateverBecomesOfIt() throws InterruptedException {
    String map = "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"%s\"}}";
    assertThat(send("POST", Api.MAPS, Api.JSON, map.formatted("v"))).isEqualTo(201);
    assertThat(send("POST", Api.MAPS, Api.JSON, map.formatted("v"))).isEqualTo(409);
    assertThat(send("PUT", Api.MAPS + "/a", Api.JSON, map.formatted("w"))).isEqualTo(200);
    assertThat(send("PATCH", Api.MAPS + "/a", Api.MERGE, "{\"data\":{\"l\":\"1\"}}"))
        .isEqualTo(200);
    assertThat(send("PATCH", Api.MAPS + "/a", "application/apply-patch+yaml", "kind: ConfigMap"))
        .isEqualTo(422);
    assertThat(send("POST", Api.MAPS, Api.JSON, map.formatted("x".repeat(100_000)))).isEqualTo(409);
    assertThat(send("GET", Api.MAPS + "?limit=1", "", "")).isEqualTo(200);
    assertThat(send("GET", Api.MAPS + "?resourceVersion=999999", "", "")).isEqualTo(504);
    assertThat(send("GET", Api.MAPS + "?watch=1&timeoutSeconds=1", "", "")).isEqualTo(200);
    assertThat(send("GET", Api.MAPS + "/a?pretty=1", "", "")).isEqualTo(200);
    assertThat(send("GET", "/openapi/v3", "", "")).isEqualTo(200);
    assertThat(send("GET", "/apis", "", "")).isEqualTo(200);
    assertThat(send("GET", "/nothing", "", "")).isEqualTo(404);
    assertThat(send("DELETE", Api.MAPS, "", "")).isEqualTo(200);

    assertThat(sent).allMatch(id -> passed.getOrDefault(id, 0) == 1);
  }

  @Test
  void aSmallReadIsAnsweredBeforeTheInnermostStage() throws InterruptedException {
    api.map("a", "{}");
    assertThat(send("GET", Api.MAPS + "/a", "", "")).isEqualTo(200);
    assertThat(passed).doesNotContainKey(sent.getFirst());
  }

  @Test
  void soIsOneOfAServiceAccountWhoseTokenWasSeenBefore() throws InterruptedException {
    api.map("a", "{}");
    api.post(
        "/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"bound\"},\"data\":{}}");
    String token = tokenOfReader();
    assertThat(read(token)).as("it is looked into").isEqualTo(200);
    assertThat(passed).containsKey(sent.getLast());
    assertThat(read(token)).isEqualTo(200);
    assertThat(passed).doesNotContainKey(sent.getLast());

    api.delete("/api/v1/namespaces/default/secrets/bound");
    assertThat(read(token)).as("it was bound to what is gone").isEqualTo(401);
  }

  private String tokenOfReader() throws InterruptedException {
    String accounts = "/api/v1/namespaces/default/serviceaccounts";
    String access = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/";
    api.post(accounts, "{\"metadata\":{\"name\":\"reader\"}}");
    api.post(
        access + "roles",
        """
        {"metadata":{"name":"reader"},"rules":[{"apiGroups":[""],"resources":["configmaps"],"verbs":["get"]}]}\
        """);
    api.post(
        access + "rolebindings",
        """
        {"metadata":{"name":"reader"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},\
        "subjects":[{"kind":"ServiceAccount","namespace":"default","name":"reader"}]}\
        """);
    String spec =
        "{\"spec\":{\"boundObjectRef\":{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"name\":\"bound\"}}}";
    return String.valueOf(
        api.post(accounts + "/reader/token", spec).body().objectAt("status").text("token"));
  }

  private int read(String token) throws InterruptedException {
    String id = "request-" + sent.size();
    sent.add(id);
    return api.start(
            "GET",
            Api.MAPS + "/a",
            new byte[0],
            Map.of("audit-id", id, "authorization", "Bearer " + token))
        .status();
  }

  @Test
  void theContextKnowsWhatTheStagesFoundOut() throws InterruptedException {
    api.settledIn();
    FakeExchange exchange =
        api.start(
            "GET",
            Api.MAPS + "?limit=1",
            new byte[0],
            Map.of("impersonate-user", "jane", "impersonate-group", "system:masters"));
    assertThat(exchange.status()).isEqualTo(200);
    RequestContext context = contexts.stream().reduce((_, last) -> last).orElseThrow();
    assertThat(context.user().name()).isEqualTo("jane");
    assertThat(context.authenticated().name()).isNotEqualTo("jane");
    assertThat(context.auditId()).isEqualTo(exchange.answerHeaders("audit-id").getFirst());
    assertThat(context.info().verb()).isEqualTo("list");
  }
}
