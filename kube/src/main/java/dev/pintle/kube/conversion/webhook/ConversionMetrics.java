package dev.pintle.kube.conversion.webhook;

import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.metrics.ValueHistogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The counts of conversions by webhooks, under upstream's names: how many ended how, and how long they took.
public final class ConversionMetrics {
  /// Definitions and pairs of their versions that are told apart; the others are counted together.
  private static final int SERIES_MAX = 2_000;

  private static final double[] CALL_SECONDS = {
    0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 45, 60
  };
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String TOTAL = "apiserver_conversion_webhook_request_total";
  private static final String CALLS = "apiserver_conversion_webhook_duration_seconds";
  private static final String CONVERSIONS = "apiserver_crd_conversion_webhook_duration_seconds";
  private static final Conversion OTHERS = new Conversion("other", "", "", true);

  private final Map<Outcome, ValueHistogram> calls = new ConcurrentHashMap<>();
  private final Map<Conversion, ValueHistogram> conversions = new ConcurrentHashMap<>();

  /// The end of a conversion.
  enum Outcome {
    SUCCESS(""),
    CALL("conversion_webhook_call_failure"),
    MALFORMED("conversion_webhook_malformed_response_failure"),
    PARTIAL("conversion_webhook_partial_response_failure"),
    INVALID("conversion_webhook_invalid_converted_object_failure");

    private final String failure;

    Outcome(String failure) {
      this.failure = failure;
    }

    List<Label> labels() {
      return List.of(
          new Label("failure_type", failure),
          new Label("result", failure.isEmpty() ? "success" : "failure"));
    }
  }

  private record Conversion(String definition, String from, String to, boolean succeeded) {
    List<Label> labels() {
      return List.of(
          new Label("crd_name", definition),
          new Label("from_version", from),
          new Label("succeeded", Boolean.toString(succeeded)),
          new Label("to_version", to));
    }
  }

  /// @param from a version without its group, as is `to`
  void ended(Outcome outcome, String definition, String from, String to, long nanos) {
    double seconds = nanos / NANOS_PER_SECOND;
    calls.computeIfAbsent(outcome, _ -> new ValueHistogram(CALL_SECONDS)).add(seconds);
    Conversion series = new Conversion(definition, from, to, outcome == Outcome.SUCCESS);
    ValueHistogram known = conversions.get(series);
    if (known == null) {
      Conversion kept = conversions.size() < SERIES_MAX ? series : OTHERS;
      known = conversions.computeIfAbsent(kept, _ -> new ValueHistogram(doubling()));
    }
    known.add(seconds);
  }

  private static double[] doubling() {
    double[] limits = new double[15];
    limits[0] = 0.001;
    for (int i = 1; i < limits.length; i++) {
      limits[i] = limits[i - 1] * 2;
    }
    return limits;
  }

  /// All of it in Prometheus' text form.
  public String text() {
    MetricsText text = new MetricsText();
    List<Map.Entry<Outcome, ValueHistogram>> ended = new ArrayList<>(calls.entrySet());
    ended.sort(Map.Entry.comparingByKey());
    text.family(CALLS, "Time that conversion webhooks took to answer.", "histogram");
    ended.forEach(one -> one.getValue().write(text, CALLS, one.getKey().labels()));
    text.family(TOTAL, "Calls of conversion webhooks by how they ended.", "counter");
    ended.forEach(one -> text.sample(TOTAL, one.getKey().labels(), one.getValue().count()));
    List<Map.Entry<Conversion, ValueHistogram>> all = new ArrayList<>(conversions.entrySet());
    all.sort(Comparator.comparing(one -> one.getKey().toString()));
    text.family(CONVERSIONS, "Time of conversions by the webhook of a definition.", "histogram");
    all.forEach(one -> one.getValue().write(text, CONVERSIONS, one.getKey().labels()));
    return text.toString();
  }
}
