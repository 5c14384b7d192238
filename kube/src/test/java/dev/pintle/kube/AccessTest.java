package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aWrongTokenIsUnauthorized() throws InterruptedException {
    Answer refused = api.send("GET", MAPS, "", Map.of("authorization", "Bearer wrong"));

    assertThat(refused.code()).isEqualTo(401);
    assertThat(refused.message()).isEqualTo("Unauthorized");
  }

  @Test
  void nobodyMayAskWhetherTheServerIsWell() throws InterruptedException {
    for (String path : new String[] {"/healthz", "/livez", "/readyz", "/version"}) {
      FakeExchange exchange = new FakeExchange("GET", path, new byte[0], Map.of());
      api.handle(exchange);
      assertThat(exchange.status()).isEqualTo(200);
    }
  }

  @Test
  void nobodyMayDoMore() throws InterruptedException {
    FakeExchange exchange = new FakeExchange("GET", MAPS, new byte[0], Map.of());
    api.handle(exchange);

    assertThat(exchange.status()).isEqualTo(403);
    assertThat(exchange.text())
        .contains(
            "configmaps is forbidden: User \\\"system:anonymous\\\" cannot list resource \\\"configmaps\\\" in API group"
                + " \\\"\\\" in the namespace \\\"default\\\"");
  }

  @Test
  void theAdminIsToldWhoTheyAre() throws InterruptedException {
    Answer self = api.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");

    assertThat(self.body().objectAt("status").objectAt("userInfo").text("username"))
        .isEqualTo("admin");
  }

  @Test
  void whatIsNotServedIsNotFound() throws InterruptedException {
    assertThat(api.get("/api/v1/foo").code()).isEqualTo(404);
    assertThat(api.get("/apis/foo/v1/bar").exchange().text()).isEqualTo("404 page not found\n");
    assertThat(api.get("/api/v1/namespaces/default/namespaces").code()).isEqualTo(404);
    assertThat(api.send("DELETE", "/api/v1/namespaces", "", Map.of()).code()).isEqualTo(405);
    assertThat(api.send("POST", "/api/v1/configmaps", "{}", Map.of()).code()).isEqualTo(405);
  }

  @Test
  void eachCheckIsReportedWhenAsked() throws InterruptedException {
    assertThat(api.get("/readyz?verbose").exchange().text())
        .contains("[+]etcd ok\n")
        .endsWith("readyz check passed\n");
  }

  @Test
  void theServerIsNotWellWithoutItsStore() throws InterruptedException {
    api.stopMember();

    Answer all = api.get("/healthz");
    assertThat(all.code()).isEqualTo(500);
    assertThat(all.exchange().text())
        .isEqualTo("[+]ping ok\n[-]etcd failed: reason withheld\nhealthz check failed\n");
    assertThat(api.get("/livez/etcd").exchange().text())
        .isEqualTo("internal server error: the member is closing\n");
    assertThat(api.get("/healthz?exclude=etcd").code()).isEqualTo(200);
    assertThat(api.get("/metrics/slis").exchange().text())
        .contains("kubernetes_healthcheck{name=\"etcd\",type=\"readyz\"} 0\n");
  }

  @Test
  void requestsAreCounted() throws InterruptedException {
    api.get(MAPS);

    assertThat(api.get("/metrics").exchange().text())
        .contains(
            """
            apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="configmaps",\
            scope="namespace",subresource="",verb="LIST",version="v1"} 1
            """)
        .contains(
            """
            apiserver_request_duration_seconds_count{component="apiserver",dry_run="",group="",resource="configmaps",\
            scope="namespace",subresource="",verb="LIST",version="v1"} 1
            """)
        .contains("apiserver_current_inflight_requests{request_kind=\"readOnly\"} 1\n");
  }

  @Test
  void namesThatClientsMakeUpAreCountedTogether() throws InterruptedException {
    api.get("/api/v1/madeup");
    api.get("/made/up");

    assertThat(api.get("/metrics").exchange().text())
        .doesNotContain("madeup")
        .doesNotContain("made/up")
        .contains("code=\"404\",component=\"apiserver\",dry_run=\"\",group=\"\",resource=\"\"");
  }

  @Test
  void aWatchIsCountedWhileItIsOpen() throws InterruptedException {
    FakeExchange watch = api.watch(MAPS + "?watch=1");
    watch.status();
    String open =
        "resource=\"configmaps\",scope=\"namespace\",subresource=\"\",verb=\"WATCH\",version=\"v1\"} ";
    assertThat(api.get("/metrics").exchange().text()).contains(open + "1\n");

    watch.abort();

    assertThat(api.get("/metrics").exchange().text()).contains(open + "0\n");
  }

  @Test
  void everyAnswerCarriesTheIdOfItsAudit() throws InterruptedException {
    assertThat(api.get(MAPS).exchange().answerHeaders("audit-id"))
        .singleElement(InstanceOfAssertFactories.STRING)
        .hasSize(36);
    assertThat(
            api.send("GET", "/nope", "", Map.of("audit-id", "mine"))
                .exchange()
                .answerHeaders("audit-id"))
        .containsExactly("mine");
  }
}
