package dev.pintle.kube.metrics;

import dev.pintle.kube.metrics.MetricsText.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// The figures of webhooks of admission, under upstream's names.
public final class WebhookMetrics {
  private static final String PREFIX = "apiserver_admission_webhook_";
  private static final int CODE_MAX = 600;

  /// Whoever may configure webhooks chooses their names; what comes after so many series is counted under one name.
  private static final int SERIES_MAX = 10_000;

  private static final String OTHERS = "other";

  private final Map<Key, ValueHistogram> durations = new ConcurrentSkipListMap<>();
  private final Map<Key, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<Key, LongAdder> rejections = new ConcurrentSkipListMap<>();
  private final Map<Key, LongAdder> failedOpen = new ConcurrentSkipListMap<>();
  private final Map<Key, LongAdder> conditionErrors = new ConcurrentSkipListMap<>();
  private final Map<Key, LongAdder> exclusions = new ConcurrentSkipListMap<>();

  /// The labels of a series, in the order of their names.
  private record Key(List<Label> labels) implements Comparable<Key> {
    static Key of(String... namesAndValues) {
      List<Label> labels = new ArrayList<>(namesAndValues.length / 2);
      for (int i = 0; i < namesAndValues.length; i += 2) {
        labels.add(new Label(namesAndValues[i], namesAndValues[i + 1]));
      }
      return new Key(List.copyOf(labels));
    }

    @Override
    public int compareTo(Key other) {
      for (int i = 0; i < Math.min(labels.size(), other.labels.size()); i++) {
        int order = labels.get(i).value().compareTo(other.labels.get(i).value());
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(labels.size(), other.labels.size());
    }
  }

  /// The outcome of asking a webhook.
  ///
  /// @param code of the answer; 0 where there is none to count
  /// @param errorType as upstream names it; empty where the request was not refused
  public record Asked(int code, boolean rejected, String errorType) {
    private String shownCode() {
      return Integer.toString(Math.min(code, CODE_MAX));
    }
  }

  private static String name(Map<Key, ?> series, String name) {
    return series.size() < SERIES_MAX ? name : OTHERS;
  }

  private static String step(boolean mutating) {
    return mutating ? "admit" : "validating";
  }

  private static void count(Map<Key, LongAdder> series, Key key, long more) {
    series.computeIfAbsent(key, _ -> new LongAdder()).add(more);
  }

  public void asked(String name, boolean mutating, String operation, long nanos, Asked asked) {
    String rejected = Boolean.toString(asked.rejected());
    String type = step(mutating);
    durations
        .computeIfAbsent(
            Key.of(
                "name", name(durations, name),
                "operation", operation,
                "rejected", rejected,
                "type", type),
            _ -> new ValueHistogram(0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 25))
        .add((double) nanos / TimeUnit.SECONDS.toNanos(1));
    count(
        requests,
        Key.of(
            "code", asked.shownCode(),
            "name", name(requests, name),
            "operation", operation,
            "rejected", rejected,
            "type", type),
        1);
    if (!asked.errorType().isEmpty()) {
      count(
          rejections,
          Key.of(
              "error_type", asked.errorType(),
              "name", name(rejections, name),
              "operation", operation,
              "rejection_code", asked.shownCode(),
              "type", type),
          1);
    }
  }

  /// A webhook could not be asked, and the request went on.
  public void failedOpen(String name, boolean mutating) {
    count(failedOpen, Key.of("name", name(failedOpen, name), "type", step(mutating)), 1);
  }

  /// A condition of a webhook did not hold.
  public void excluded(String name, boolean mutating, String operation) {
    // Upstream's two names for one step.
    String type = mutating ? "admit" : "validate";
    count(exclusions, condition(exclusions, name, type, operation), 1);
  }

  /// @param failures the number of conditions that could not be told
  public void conditionFailed(String name, boolean mutating, String operation, int failures) {
    count(conditionErrors, condition(conditionErrors, name, step(mutating), operation), failures);
  }

  private static Key condition(Map<Key, ?> series, String name, String type, String operation) {
    return Key.of(
        "kind", "webhook", "name", name(series, name), "operation", operation, "type", type);
  }

  /// In Prometheus' form.
  public String text() {
    MetricsText text = new MetricsText();
    text.family(
        PREFIX + "admission_duration_seconds",
        "[STABLE] Time that webhooks took, by name, operation, whether the request was refused, and step.",
        "histogram");
    durations.forEach((key, histogram) ->
        histogram.write(text, PREFIX + "admission_duration_seconds", key.labels()));
    counts(
        text,
        failedOpen,
        PREFIX + "fail_open_count",
        "[ALPHA] Webhooks that could not be asked about requests that went on.");
    counts(
        text,
        rejections,
        PREFIX + "rejection_count",
        "[ALPHA] Requests refused because of webhooks, by the kind of failure and the code.");
    counts(
        text,
        requests,
        PREFIX + "request_total",
        "[ALPHA] Requests that webhooks were asked about.");
    counts(
        text,
        conditionErrors,
        "apiserver_admission_match_condition_evaluation_errors_total",
        "[ALPHA] Match conditions that could not be told.");
    counts(
        text,
        exclusions,
        "apiserver_admission_match_condition_exclusions_total",
        "[ALPHA] Requests that match conditions excluded.");
    return text.toString();
  }

  private static void counts(
      MetricsText text, Map<Key, LongAdder> series, String name, String help) {
    text.family(name, help, "counter");
    series.forEach((key, count) -> text.sample(name, key.labels(), count.sum()));
  }
}
