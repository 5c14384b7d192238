package dev.pintle.etcd.http;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// The counts of questions for health and their answers.
public final class HealthCounts {
  private final LongAdder healthy = new LongAdder();
  private final LongAdder unhealthy = new LongAdder();

  /// By the labels of the check; there are as many as there are checks.
  private final Map<String, LongAdder> passed = new ConcurrentSkipListMap<>();

  void answered(boolean isHealthy) {
    (isHealthy ? healthy : unhealthy).increment();
  }

  /// @param path the question, `livez` or `readyz`
  void passed(String path, String check) {
    passed.computeIfAbsent(path + '/' + check, _ -> new LongAdder()).increment();
  }

  void write(Exposition out) {
    out.counter(
        "etcd_server_health_success",
        "The total number of successful health checks",
        healthy.sum());
    out.counter(
        "etcd_server_health_failures", "The total number of failed health checks", unhealthy.sum());
    if (passed.isEmpty()) {
      return;
    }
    out.gauges("etcd_server_healthcheck", "The result of each kind of healthcheck.");
    passed.forEach((check, _) -> out.sample(labels(check, ""), 1));
    out.counters("etcd_server_healthchecks_total", "The total number of each kind of healthcheck.");
    passed.forEach((check, count) -> out.sample(labels(check, "status=\"success\","), count.sum()));
  }

  private static String labels(String check, String status) {
    int slash = check.indexOf('/');
    return "name=\"%s\",%stype=\"%s\""
        .formatted(check.substring(slash + 1), status, check.substring(0, slash));
  }
}
