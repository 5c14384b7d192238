package dev.pintle.kube.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.FakeExchange;
import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.metrics.RequestMetrics;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthTest {
  private final ControllerFailures failures = new ControllerFailures();
  private Optional<String> store = Optional.empty();
  private final Health health = new Health(() -> store, failures);

  private FakeExchange get(String target) throws InterruptedException {
    FakeExchange exchange = RouteFixture.exchange("GET", target);
    RequestContext context = RouteFixture.context(exchange);
    Reply reply = RouteFixture.reply(context);
    assertThat(health.answer(context, reply)).as(target).isTrue();
    exchange.status();
    return exchange;
  }

  private boolean knows(String target) {
    RequestContext context = RouteFixture.context(RouteFixture.exchange("GET", target));
    return health.answer(context, RouteFixture.reply(context));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/livez", "/readyz"})
  void whatIsWellIsToldInOneWord(String path) throws InterruptedException {
    FakeExchange answer = get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/livez", "/readyz"})
  void aStoreThatTakesNoWritesIsNotWellWhereverItIsAsked(String path) throws InterruptedException {
    store = Optional.of("disk full");

    assertThat(get(path).status()).isEqualTo(500);
  }

  @Test
  void whyTheStoreTakesNoWritesIsNotToldToEverybody() throws InterruptedException {
    store = Optional.of("disk full");

    assertThat(get("/livez").text())
        .isEqualTo("[+]ping ok\n[-]etcd failed: reason withheld\nlivez check failed\n");
    assertThat(get("/livez/etcd").text()).isEqualTo("internal server error: disk full\n");
  }

  @Test
  void aCheckIsMadeAnewWheneverItIsAsked() throws InterruptedException {
    store = Optional.of("disk full");
    assertThat(get("/healthz/etcd").status()).isEqualTo(500);

    store = Optional.empty();
    assertThat(get("/healthz/etcd").status()).isEqualTo(200);
  }

  @Test
  void aCheckThatIsExcludedCannotFail() throws InterruptedException {
    store = Optional.of("disk full");
    FakeExchange answer = get("/livez?exclude=etcd&verbose");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("[+]ping ok\n[+]etcd excluded: ok\nlivez check passed\n");
  }

  @Test
  void readinessLooksAtTheStoreTwiceAndBothMayBeExcluded() throws InterruptedException {
    store = Optional.of("disk full");

    assertThat(get("/readyz?exclude=etcd").status()).isEqualTo(500);
    assertThat(get("/readyz?exclude=etcd&exclude=etcd-readiness").status()).isEqualTo(200);
  }

  @Test
  void excludedNamesThatNoCheckHasAreToldInTheirOrder() throws InterruptedException {
    assertThat(get("/livez?verbose&exclude=b&exclude=a&exclude=ping").text())
        .isEqualTo(
            """
            [+]ping excluded: ok
            [+]etcd ok
            warn: some health checks cannot be excluded: no matches for "a","b"
            livez check passed
            """);
  }

  @Test
  void whoExcludesNothingIsNotWarned() throws InterruptedException {
    assertThat(get("/livez?verbose").text()).doesNotContain("warn:");
  }

  @Test
  void onlyReadinessAtLengthNamesWhatIsNotEnforced() throws InterruptedException {
    assertThat(get("/readyz?verbose").text()).contains("info: accepted but not enforced");
    assertThat(get("/healthz?verbose").text()).doesNotContain("info:");
  }

  @Test
  void controllersThatFailedAreToldAndTheServerIsReady() throws InterruptedException {
    failures.register("quiet");
    failures.register("loud");
    failures.add("loud", "a thing", new IllegalStateException("meant to fail"));
    FakeExchange answer = get("/readyz?verbose");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("warn: controller loud failed 1 times and went on\n")
        .doesNotContain("quiet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/health",
        "/healthz/",
        "/healthz/nothing",
        "/livez/etcd-readiness",
        "/livez/ping/",
        "/HEALTHZ"
      })
  void otherPathsAreNotOfHealth(String path) {
    assertThat(knows(path)).isFalse();
  }

  @Test
  void everyCheckIsAPathThatIsListedAndAnswered() throws InterruptedException {
    assertThat(health.paths()).hasSize(10).contains("/readyz/etcd-readiness");
    for (String path : health.paths()) {
      assertThat(get(path).text()).isEqualTo("ok");
    }
  }

  @Test
  void figuresOfChecksSayWhichOneFails() throws InterruptedException {
    store = Optional.of("disk full");
    MetricsRoute metrics =
        new MetricsRoute(new RequestMetrics(_ -> true), health, failures, () -> "more 1\n");
    FakeExchange exchange = RouteFixture.exchange("GET", "/metrics/slis");
    RequestContext context = RouteFixture.context(exchange);
    metrics.answer(context, RouteFixture.reply(context));

    assertThat(exchange.text())
        .contains("kubernetes_healthcheck{name=\"etcd\",type=\"livez\"} 0\n")
        .contains("kubernetes_healthcheck{name=\"ping\",type=\"livez\"} 1\n")
        .contains("kubernetes_healthcheck{name=\"etcd-readiness\",type=\"readyz\"} 0\n");
  }

  @Test
  void figuresEndWithThoseOfTheProgram() throws InterruptedException {
    failures.register("quiet");
    MetricsRoute metrics =
        new MetricsRoute(new RequestMetrics(_ -> true), health, failures, () -> "more 1\n");
    FakeExchange exchange = RouteFixture.exchange("GET", "/metrics");
    RequestContext context = RouteFixture.context(exchange);
    metrics.answer(context, RouteFixture.reply(context));

    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.text())
        .contains("pintle_controller_failures_total{controller=\"quiet\"} 0\n")
        .endsWith("more 1\n");
    assertThat(exchange.answerHeaders("content-type"))
        .containsExactly("text/plain; version=0.0.4; charset=utf-8");
  }
}
