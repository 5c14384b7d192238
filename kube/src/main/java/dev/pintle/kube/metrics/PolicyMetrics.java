package dev.pintle.kube.metrics;

import dev.pintle.kube.metrics.MetricsText.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// The checks of one family of policies of admission, by policy, binding and what came of them, under upstream's names.
public final class PolicyMetrics {
  /// Whoever may make policies chooses their names; what comes after so many series is counted under one name.
  private static final int SERIES_MAX = 10_000;

  private static final String OTHERS = "other";

  private static final List<String> LIMITS_SECONDS =
      List.of("5e-07", "0.001", "0.01", "0.1", "1", "+Inf");
  private static final long[] LIMITS_NANOS = {
    500, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, Long.MAX_VALUE
  };

  private final String name;
  private final String counted;
  private final String timed;
  private final Map<Key, Checks> checks = new ConcurrentSkipListMap<>();

  /// The labels of a series.
  ///
  /// @param action what the binding made of it; empty where nobody tells
  private record Key(String policy, String binding, String error, String action)
      implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return text().compareTo(other.text());
    }

    private String text() {
      return action + "\0" + error + "\0" + policy + "\0" + binding;
    }

    List<Label> labels() {
      List<Label> labels = new ArrayList<>(4);
      if (!action.isEmpty()) {
        labels.add(new Label("enforcement_action", action));
      }
      labels.add(new Label("error_type", error));
      labels.add(new Label("policy", policy));
      labels.add(new Label("policy_binding", binding));
      return labels;
    }
  }

  private static final class Checks {
    final LongAdder[] buckets = new LongAdder[LIMITS_NANOS.length];
    final LongAdder nanos = new LongAdder();

    Checks() {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = new LongAdder();
      }
    }

    void add(long took) {
      int bucket = 0;
      while (took > LIMITS_NANOS[bucket]) {
        bucket++;
      }
      buckets[bucket].increment();
      nanos.add(took);
    }

    long count() {
      long count = 0;
      for (LongAdder bucket : buckets) {
        count += bucket.sum();
      }
      return count;
    }
  }

  private PolicyMetrics(String name, String counted, String timed) {
    this.name = name;
    this.counted = counted;
    this.timed = timed;
  }

  public static PolicyMetrics ofValidating() {
    return new PolicyMetrics(
        "apiserver_validating_admission_policy",
        "[BETA] Validation admission policy check total, labeled by policy and further identified by binding and enforcement action taken.",
        "[BETA] Validation admission latency for individual validation expressions in seconds, labeled by policy and further including binding and enforcement action taken.");
  }

  public static PolicyMetrics ofMutating() {
    return new PolicyMetrics(
        "apiserver_mutating_admission_policy",
        "[ALPHA] Mutation admission policy check total, labeled by policy and further identified by binding.",
        "[ALPHA] Mutation admission latency for individual mutation expressions in seconds, labeled by policy and binding.");
  }

  /// @param error `no_error`, or the kind of what failed
  /// @param action `allow`, `deny`, `audit` or `warn`; empty for a mutation
  public void add(String policy, String binding, String error, String action, long nanos) {
    Key key = new Key(policy, binding, error, action);
    Checks known = checks.get(key);
    if (known == null) {
      Key counted = checks.size() < SERIES_MAX ? key : new Key(OTHERS, OTHERS, error, action);
      known = checks.computeIfAbsent(counted, _ -> new Checks());
    }
    known.add(nanos);
  }

  /// In Prometheus' form.
  public String text() {
    MetricsText text = new MetricsText();
    text.family(name + "_check_duration_seconds", timed, "histogram");
    checks.forEach((key, each) -> write(text, name + "_check_duration_seconds", key, each));
    text.family(name + "_check_total", counted, "counter");
    checks.forEach((key, each) -> text.sample(name + "_check_total", key.labels(), each.count()));
    return text.toString();
  }

  private static void write(MetricsText text, String name, Key key, Checks each) {
    long count = 0;
    for (int i = 0; i < LIMITS_NANOS.length; i++) {
      count += each.buckets[i].sum();
      List<Label> limited = new ArrayList<>(key.labels());
      limited.add(new Label("le", LIMITS_SECONDS.get(i)));
      text.sample(name + "_bucket", limited, count);
    }
    double seconds = each.nanos.sum() / 1e9;
    text.sample(name + "_sum", key.labels(), Double.toString(seconds));
    text.sample(name + "_count", key.labels(), count);
  }
}
