package dev.pintle.etcd.http;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// The counts of questions for health and their answers.
public final class HealthCounts {
  private final LongAdder healthy = new LongAdder();
  private final LongAdder unhealthy = new LongAdder();

  /// By question and check; there are as many as there are checks.
  private final Map<String, Results> results = new ConcurrentSkipListMap<>();

  /// The results of one check.
  private static final class Results {
    final LongAdder passed = new LongAdder();
    final LongAdder failed = new LongAdder();
    volatile boolean passedLast;
  }

  void answered(boolean isHealthy) {
    (isHealthy ? healthy : unhealthy).increment();
  }

  /// @param question `livez` or `readyz`
  void checked(String question, String check, boolean passed) {
    Results of = results.computeIfAbsent(question + '/' + check, _ -> new Results());
    (passed ? of.passed : of.failed).increment();
    of.passedLast = passed;
  }

  void write(Exposition out) {
    out.counter(
        "etcd_server_health_success",
        "The total number of successful health checks",
        healthy.sum());
    out.counter(
        "etcd_server_health_failures", "The total number of failed health checks", unhealthy.sum());
    if (results.isEmpty()) {
      return;
    }
    out.gauges("etcd_server_healthcheck", "The result of each kind of healthcheck.");
    results.forEach((check, of) -> out.sample(labels(check, ""), of.passedLast ? 1 : 0));
    out.counters("etcd_server_healthchecks_total", "The total number of each kind of healthcheck.");
    results.forEach((check, of) -> {
      sample(out, check, "error", of.failed);
      sample(out, check, "success", of.passed);
    });
  }

  private static void sample(Exposition out, String check, String status, LongAdder count) {
    if (count.sum() > 0) {
      out.sample(labels(check, "status=\"%s\",".formatted(status)), count.sum());
    }
  }

  private static String labels(String check, String status) {
    int slash = check.indexOf('/');
    return "name=\"%s\",%stype=\"%s\""
        .formatted(check.substring(slash + 1), status, check.substring(0, slash));
  }
}
