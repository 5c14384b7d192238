package dev.pintle.kube.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.metrics.RequestMetrics.Running;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.wire.Exchange;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {
  private final RequestMetrics metrics =
      new RequestMetrics(target -> !target.resource().equals("made-up"));

  private static RequestInfo info(String verb, String namespace, String resource, String name) {
    return new RequestInfo(
        verb, "/x", new GroupVersion("apps", "v1"), namespace, resource, name, "", 0);
  }

  private Running start(RequestInfo target, String method) {
    return metrics.start(target, method, Query.EMPTY);
  }

  private String line(String name, String labels) {
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith(name + labels))
        .findFirst()
        .orElse("");
  }

  @Test
  void anEndedRequestIsCountedByVerbScopeAndCode() {
    start(info("list", "", "deployments", ""), "GET").ended(200, 0);
    start(info("list", "ns", "deployments", ""), "GET").ended(200, 0);
    start(info("get", "ns", "deployments", "a"), "GET").ended(404, 0);
    start(info("create", "ns", "deployments", ""), "POST").ended(201, 0);
    assertThat(metrics.text())
        .contains(
            "apiserver_request_total{code=\"200\",component=\"apiserver\",dry_run=\"\",group=\"apps\",resource=\"deployments\",scope=\"cluster\",subresource=\"\",verb=\"LIST\",version=\"v1\"} 1\n")
        .contains("scope=\"namespace\",subresource=\"\",verb=\"LIST\",version=\"v1\"} 1\n")
        .contains(
            "code=\"404\",component=\"apiserver\",dry_run=\"\",group=\"apps\",resource=\"deployments\",scope=\"resource\",subresource=\"\",verb=\"GET\"")
        .contains("scope=\"resource\",subresource=\"\",verb=\"POST\",version=\"v1\"} 1\n");
  }

  @Test
  void aRequestWhoseClientWentAwayCountsAsClosedByIt() {
    start(info("get", "ns", "deployments", "a"), "GET").ended(Exchange.UNANSWERED, 0);
    assertThat(metrics.text()).contains("code=\"499\"");
    assertThat(line("apiserver_current_inflight_requests", "{request_kind=\"readOnly\"}"))
        .endsWith(" 0");
  }

  @Test
  void requestsOnTheirWayAreCountedByWhetherTheyChangeSomething() {
    Running reading = start(info("get", "ns", "deployments", "a"), "GET");
    start(info("update", "ns", "deployments", "a"), "PUT");
    start(info("deletecollection", "ns", "deployments", ""), "DELETE");
    assertThat(line("apiserver_current_inflight_requests", "{request_kind=\"readOnly\"}"))
        .endsWith(" 1");
    assertThat(line("apiserver_current_inflight_requests", "{request_kind=\"mutating\"}"))
        .endsWith(" 2");
    reading.ended(200, 0);
    assertThat(line("apiserver_current_inflight_requests", "{request_kind=\"readOnly\"}"))
        .endsWith(" 0");
  }

  @Test
  void aWatchRunsLongAndIsNoneOfThem() {
    Running watch = start(info("watch", "ns", "deployments", ""), "GET");
    assertThat(line("apiserver_current_inflight_requests", "{request_kind=\"readOnly\"}"))
        .endsWith(" 0");
    assertThat(line("apiserver_longrunning_requests", ""))
        .endsWith("verb=\"WATCH\",version=\"v1\"} 1");
    watch.ended(200, 0);
    assertThat(line("apiserver_longrunning_requests", "")).endsWith(" 0");
  }

  @Test
  void namesThatClientsMakeUpFillNothing() {
    for (int i = 0; i < 10_000; i++) {
      start(info("get", "ns", "made-up", "a"), "VERB" + i).ended(404, 0);
    }
    assertThat(metrics.text().lines().filter(line -> line.startsWith("apiserver_request_total")))
        .singleElement()
        .asString()
        .contains("verb=\"other\"")
        .endsWith(" 10000");
  }

  @Test
  void theNamesOfServedSeriesHaveABoundToo() {
    for (int i = 0; i < 6_000; i++) {
      start(info("create", "ns", "deployments", ""), "VERB" + i).ended(200, 0);
    }
    assertThat(metrics.text().lines().filter(line -> line.startsWith("apiserver_request_total")))
        .hasSizeLessThanOrEqualTo(5_001)
        .anyMatch(line -> line.contains("verb=\"other\"") && line.endsWith(" 1000"));
  }

  @Test
  void aTimeIsInEveryBucketThatHasRoomForIt() {
    DurationHistogram durations = new DurationHistogram();
    durations.add(TimeUnit.MILLISECONDS.toNanos(5));
    durations.add(TimeUnit.MILLISECONDS.toNanos(5) + 1);
    durations.add(TimeUnit.MINUTES.toNanos(5));
    MetricsText text = new MetricsText();
    durations.write(text, "d", List.of());
    assertThat(text.toString())
        .contains("d_bucket{le=\"0.005\"} 1\n")
        .contains("d_bucket{le=\"0.025\"} 2\n")
        .contains("d_bucket{le=\"60\"} 2\n")
        .contains("d_bucket{le=\"+Inf\"} 3\n")
        .contains("d_count 3\n")
        .contains("d_sum 300.010000001\n");
  }

  @Test
  void whatALabelHoldsCannotEndIt() {
    MetricsText text = new MetricsText();
    text.sample("m", List.of(new MetricsText.Label("l", "a\"}\\\nb")), 1);
    assertThat(text.toString()).isEqualTo("m{l=\"a\\\"}\\\\\\nb\"} 1\n");
  }

  @Test
  void aControllerThatNeverFailedIsShownToo() {
    ControllerFailures failures = new ControllerFailures();
    failures.register("calm");
    failures.add("troubled", "an object", new IllegalStateException("on purpose"));
    failures.add("troubled", "another", new IllegalStateException("on purpose"));
    failures.register("troubled");
    assertThat(failures.text())
        .contains("pintle_controller_failures_total{controller=\"calm\"} 0\n")
        .contains("pintle_controller_failures_total{controller=\"troubled\"} 2\n");
  }
}
