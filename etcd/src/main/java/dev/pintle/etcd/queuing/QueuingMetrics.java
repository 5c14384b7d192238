package dev.pintle.etcd.queuing;

import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kernel.flow.Rejection;
import dev.pintle.member.LatencyCounts;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/// The writer of the figures of the gate, in Prometheus' text form.
final class QueuingMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final StringBuilder text = new StringBuilder(4096);

  private record Seen(SeatLevel level, QueueSetCounts counts) {}

  static String text(Collection<SeatLevel> levels, List<RuleInForce> rules) {
    QueuingMetrics metrics = new QueuingMetrics();
    metrics.levels(
        levels.stream()
            .filter(level -> !level.isExempt())
            .map(level -> new Seen(level, level.look(QueueSet::counts)))
            .toList());
    metrics.rules(rules);
    return metrics.text.toString();
  }

  private void levels(List<Seen> levels) {
    gauge(levels, "seats", "Seats of a level.", seen -> seen.level().plan().seats());
    gauge(levels, "seats_in_use", "Seats that requests hold.", seen -> seen.counts().seatsInUse());
    gauge(levels, "executing", "Requests that hold seats.", seen -> seen.counts().executing());
    gauge(levels, "waiting", "Requests that wait for seats.", seen -> seen.counts().waiting());
    gauge(
        levels,
        "waiting_seats",
        "Seats that those which wait will hold.",
        seen -> seen.counts().seatsWaiting());
  }

  private void gauge(List<Seen> levels, String name, String help, ToLongFunction<Seen> value) {
    family(name, help, "gauge");
    levels.forEach(seen ->
        sample(name, "level=\"%s\"".formatted(seen.level().name()), value.applyAsLong(seen)));
  }

  private void rules(List<RuleInForce> rules) {
    counter(rules, "dispatched_total", "Requests executed.", rule -> rule.dispatched.sum());
    counter(rules, "queued_total", "Requests that had to wait.", rule -> rule.queued.sum());
    counter(
        rules,
        "cancelled_total",
        "Requests whose client had gone before they were executed.",
        rule -> rule.cancelled.sum());
    family("rejected_total", "Requests turned away, by reason.", "counter");
    for (RuleInForce rule : rules) {
      for (Rejection reason : Rejection.values()) {
        sample(
            "rejected_total",
            "%s,reason=\"%s\"".formatted(labels(rule), reason.label()),
            rule.rejected(reason).sum());
      }
    }
    family("wait_seconds", "How long requests waited that were executed then.", "histogram");
    rules.forEach(this::waits);
  }

  private void counter(
      List<RuleInForce> rules, String name, String help, ToLongFunction<RuleInForce> value) {
    family(name, help, "counter");
    rules.forEach(rule -> sample(name, labels(rule), value.applyAsLong(rule)));
  }

  private void waits(RuleInForce rule) {
    LatencyCounts waits = rule.waits;
    long count = 0;
    for (int bound = 0; bound < LatencyCounts.bounds(); bound++) {
      count += waits.count(bound);
      double seconds = LatencyCounts.boundNanos(bound) / NANOS_PER_SECOND;
      sample("wait_seconds_bucket", "%s,le=\"%s\"".formatted(labels(rule), seconds), count);
    }
    count += waits.countBeyond();
    sample("wait_seconds_bucket", labels(rule) + ",le=\"+Inf\"", count);
    line("wait_seconds_sum", labels(rule), Double.toString(waits.nanosTotal() / NANOS_PER_SECOND));
    sample("wait_seconds_count", labels(rule), count);
  }

  private static String labels(RuleInForce rule) {
    return "level=\"%s\",rule=\"%s\"".formatted(rule.level().name(), rule.name());
  }

  private void family(String name, String help, String type) {
    text.append("# HELP pintle_etcd_flow_").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE pintle_etcd_flow_").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, long value) {
    line(name, labels, Long.toString(value));
  }

  private void line(String name, String labels, String value) {
    text.append("pintle_etcd_flow_").append(name).append('{').append(labels).append("} ");
    text.append(value).append('\n');
  }
}
