package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.PODS;
import static dev.pintle.kube.HookedApi.VALIDATING;
import static dev.pintle.kube.HookedApi.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// That a change of who is asked counts for every write that begins after it was acknowledged, on every road.
final class WebhookFenceTest {
  private static final String APPLY = "application/apply-patch+yaml";
  private static final int TIMES = 5;

  private HookedApi hooked;
  private Api api;
  private final Map<String, Callable<Api.Answer>> roads = new LinkedHashMap<>();

  @BeforeEach
  void start() throws InterruptedException {
    hooked = new HookedApi();
    api = hooked.api;
    String all = "{\"metadata\":{\"name\":\"%s\"}}";
    String pod = "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]";
    api.map("a", "{\"of\":\"many\"}");
    api.pod("p", pod);
    api.post(
        Api.DEPLOYMENTS,
        "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{"
            + pod
            + "}}}}");
    roads.put("create", () -> api.post(MAPS + "?dryRun=All", all.formatted("new")));
    roads.put("update", () -> api.put(MAPS + "/a?dryRun=All", all.formatted("a")));
    roads.put("patch", () -> api.patch(MAPS + "/a?dryRun=All", MERGE, "{\"data\":{\"x\":\"z\"}}"));
    roads.put(
        "apply",
        () ->
            api.send(
                "PATCH",
                MAPS + "/a?fieldManager=f&dryRun=All",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{\"m\":\"n\"}}",
                Map.of("content-type", APPLY)));
    roads.put(
        "apply anew",
        () ->
            api.send(
                "PATCH",
                MAPS + "/b?fieldManager=f&dryRun=All",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"b\"}}",
                Map.of("content-type", APPLY)));
    roads.put("delete", () -> api.delete(MAPS + "/a?dryRun=All"));
    roads.put("deletecollection", () -> api.delete(MAPS + "?labelSelector=of=many&dryRun=All"));
    roads.put(
        "status",
        () ->
            api.patch(
                PODS + "/p/status?dryRun=All", MERGE, "{\"status\":{\"phase\":\"Running\"}}"));
    roads.put(
        "scale",
        () ->
            api.patch(
                Api.DEPLOYMENTS + "/d/scale?dryRun=All", MERGE, "{\"spec\":{\"replicas\":3}}"));
    roads.put(
        "binding",
        () ->
            api.post(
                PODS + "/p/binding?dryRun=All",
                "{\"metadata\":{\"name\":\"p\"},\"target\":{\"kind\":\"Node\",\"name\":\"n\"}}"));
    roads.put(
        "eviction",
        () ->
            api.post(
                PODS + "/p/eviction?dryRun=All",
                "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"p\"}}"));
    roads.put(
        "token",
        () ->
            api.post(
                "/api/v1/namespaces/default/serviceaccounts/default/token?dryRun=All",
                "{\"spec\":{\"audiences\":[\"x\"]}}"));
  }

  @AfterEach
  void close() {
    hooked.close();
  }

  private static String everything() {
    return "{'apiGroups':['','apps'],'apiVersions':['*'],'operations':['*'],'resources':['*/*']}";
  }

  @Test
  void fromThenOnEveryRoadIsJudgedByIt() throws Exception {
    for (Map.Entry<String, Callable<Api.Answer>> road : roads.entrySet()) {
      for (int i = 0; i < TIMES; i++) {
        hooked.install(VALIDATING, "v", hooked.hook("a", "deny", everything(), ""));
        Api.Answer refused = road.getValue().call();
        assertThat(refused.code()).as(road.getKey() + refused.exchange().text()).isEqualTo(400);
        assertThat(api.delete(VALIDATING + "/v").code()).isEqualTo(200);
        Api.Answer done = road.getValue().call();
        assertThat(done.code()).as(road.getKey() + done.exchange().text()).isIn(200, 201);
      }
    }
  }

  @Test
  void aChangeOfARuleCountsAsWell() throws Exception {
    hooked.install(VALIDATING, "v", hooked.hook("a", "deny", everything(), ""));
    String off =
        HookedApi.configuration(
            "v", hooked.hook("a", "deny", rule("none.example.com", "v1", "nothing"), ""));
    String on = HookedApi.configuration("v", hooked.hook("a", "deny", everything(), ""));
    for (Map.Entry<String, Callable<Api.Answer>> road : roads.entrySet()) {
      change(off);
      assertThat(road.getValue().call().code()).as(road.getKey()).isIn(200, 201);
      change(on);
      assertThat(road.getValue().call().code()).as(road.getKey()).isEqualTo(400);
    }
  }

  private void change(String configuration) throws InterruptedException {
    String version = api.get(VALIDATING + "/v").version();
    Api.Answer changed =
        api.put(
            VALIDATING + "/v",
            configuration.replace(
                "\"name\":\"v\"", "\"name\":\"v\",\"resourceVersion\":\"" + version + "\""));
    assertThat(changed.code()).as(changed.exchange().text()).isEqualTo(200);
  }
}
