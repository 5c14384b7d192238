package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.DemandHistory;
import dev.pintle.kernel.flow.DispatchMarks;
import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.SeatSeconds;
import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.metrics.ValueHistogram;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// The metrics of priority levels, with upstream's names and words.
final class FlowMetrics {
  private static final String PREFIX = "apiserver_flowcontrol_";

  /// The metrics of what is seen in every nanosecond are of an experimental kind upstream, and say so.
  private static final String OVER_TIME = "EXPERIMENTAL: [ALPHA] ";

  private final MetricsText text = new MetricsText();
  private final Map<String, PriorityLevel> levels;
  private final FlowControl control;

  private FlowMetrics(FlowControl control) {
    this.control = control;
    this.levels = new TreeMap<>(control.inForce().levels());
  }

  static String text(FlowControl control) {
    FlowMetrics metrics = new FlowMetrics(control);
    metrics.requests();
    metrics.histograms();
    metrics.limits();
    metrics.demand();
    metrics.progress();
    metrics.use();
    GateMetrics.write(metrics.text, control, metrics.levels.values());
    return metrics.text.toString();
  }

  private static Label level(PriorityLevel level) {
    return new Label("priority_level", level.name());
  }

  private void requests() {
    perSchema(
        "current_executing_requests",
        "[BETA] Number of requests in initial (for a WATCH) or any (for a non-WATCH) execution stage in the API Priority and Fairness subsystem",
        "gauge",
        FlowCounts::hasDispatched,
        counts -> counts.executing.sum());
    perSchema(
        "current_executing_seats",
        "[BETA] Concurrency (number of seats) occupied by the currently executing (initial stage for a WATCH, any stage otherwise) requests in the API Priority and Fairness subsystem",
        "gauge",
        FlowCounts::hasDispatched,
        counts -> counts.executingSeats.sum());
    perSchema(
        "current_inqueue_requests",
        "[BETA] Number of requests currently pending in queues of the API Priority and Fairness subsystem",
        "gauge",
        FlowCounts::hasQueued,
        counts -> counts.queued.sum());
    perSchema(
        "current_inqueue_seats",
        "[ALPHA] Number of seats currently pending in queues of the API Priority and Fairness subsystem",
        "gauge",
        FlowCounts::hasQueued,
        counts -> counts.queuedSeats.sum());
    perSchema(
        "dispatched_requests_total",
        "[BETA] Number of requests executed by API Priority and Fairness subsystem",
        "counter",
        FlowCounts::hasDispatched,
        counts -> counts.dispatched.sum());
    text.family(
        PREFIX + "rejected_requests_total",
        "[BETA] Number of requests rejected by API Priority and Fairness subsystem",
        "counter");
    each((labels, counts) ->
        counts.rejected.forEach((reason, count) -> {
          if (count.sum() > 0) {
            text.sample(
                PREFIX + "rejected_requests_total",
                List.of(labels.getFirst(), labels.getLast(), new Label("reason", reason.label())),
                count.sum());
          }
        }));
  }

  /// A taker of what is counted for a schema.
  @FunctionalInterface
  private interface Visitor {
    /// @param labels schema, then level
    void visit(List<Label> labels, FlowCounts counts);
  }

  private void each(Visitor visitor) {
    levels
        .values()
        .forEach(level ->
            new TreeMap<>(level.counts())
                .forEach((schema, counts) ->
                    visitor.visit(
                        List.of(new Label("flow_schema", schema), level(level)), counts)));
  }

  /// @param shown of which schemas something is said
  private void perSchema(
      String name,
      String help,
      String type,
      Predicate<FlowCounts> shown,
      ToLongFunction<FlowCounts> value) {
    text.family(PREFIX + name, help, type);
    each((labels, counts) -> {
      if (shown.test(counts)) {
        text.sample(PREFIX + name, labels, value.applyAsLong(counts));
      }
    });
  }

  private void histograms() {
    histogram(
        "request_wait_duration_seconds",
        "[BETA] Length of time a request spent waiting in its queue",
        Map.of("true", c -> c.waited, "false", c -> c.notTaken),
        "execute");
    histogram(
        "request_execution_seconds",
        "[ALPHA] Duration of initial stage (for a WATCH) or any (for a non-WATCH) stage of request execution in the API Priority and Fairness subsystem",
        Map.of("regular", c -> c.executionSeconds, "watch", c -> c.watchSeconds),
        "type");
    histogram(
        "request_queue_length_after_enqueue",
        "[ALPHA] Length of queue in the API Priority and Fairness subsystem, as seen by each request after it is enqueued",
        Map.of("", c -> c.queueLength),
        "");
    histogram(
        "watch_count_samples",
        "[ALPHA] count of watchers for mutating requests in API Priority and Fairness",
        Map.of("", c -> c.watchers),
        "");
    histogram(
        "work_estimated_seats",
        "[ALPHA] Number of estimated seats (maximum of initial and final seats) associated with requests in API Priority and Fairness",
        Map.of("", c -> c.estimatedSeats),
        "");
  }

  private void histogram(
      String name,
      String help,
      Map<String, Function<FlowCounts, ValueHistogram>> parts,
      String label) {
    text.family(PREFIX + name, help, "histogram");
    each((labels, counts) ->
        new TreeMap<>(parts)
            .forEach((part, of) -> {
              ValueHistogram histogram = of.apply(counts);
              if (!histogram.isEmpty()) {
                histogram.write(text, PREFIX + name, with(labels, label, part));
              }
            }));
  }

  /// The labels and one more, if it has a value, in the order of their names.
  private static List<Label> with(List<Label> labels, String name, String value) {
    return value.isEmpty()
        ? labels
        : Stream.concat(labels.stream(), Stream.of(new Label(name, value)))
            .sorted(Comparator.comparing(Label::name))
            .toList();
  }

  private void perLevel(
      String name, String help, String type, ToDoubleFunction<PriorityLevel> value) {
    text.family(PREFIX + name, help, type);
    levels
        .values()
        .forEach(level ->
            text.sample(
                PREFIX + name,
                List.of(level(level)),
                ValueHistogram.shown(value.applyAsDouble(level))));
  }

  private void limits() {
    perLevel(
        "nominal_limit_seats",
        "[BETA] Nominal number of execution seats configured for each priority level",
        "gauge",
        level -> level.limits().nominal());
    perLevel(
        "lower_limit_seats",
        "[ALPHA] Configured lower bound on number of execution seats available to each priority level",
        "gauge",
        level -> level.limits().min());
    perLevel(
        "upper_limit_seats",
        "[ALPHA] Configured upper bound on number of execution seats available to each priority level",
        "gauge",
        level -> level.limits().max());
    perLevel(
        "current_limit_seats",
        "[ALPHA] current derived number of execution seats available to each priority level",
        "gauge",
        level -> level.look(QueueSet::seatsMax));
  }

  private void demand() {
    demand(
        "demand_seats_high_watermark",
        "[ALPHA] High watermark, over last adjustment period, of demand_seats",
        DemandHistory::highWatermark);
    demand(
        "demand_seats_average",
        "[ALPHA] Time-weighted average, over last adjustment period, of demand_seats",
        DemandHistory::average);
    demand(
        "demand_seats_stdev",
        "[ALPHA] Time-weighted standard deviation, over last adjustment period, of demand_seats",
        DemandHistory::deviation);
    demand("demand_seats_smoothed", "[ALPHA] Smoothed seat demands", DemandHistory::smoothed);
    perLevel("target_seats", "[ALPHA] Seat allocation targets", "gauge", PriorityLevel::target);
    text.family(
        PREFIX + "seat_fair_frac",
        "[ALPHA] Fair fraction of server's concurrency to allocate to each priority level that can use it",
        "gauge");
    text.sample(PREFIX + "seat_fair_frac", List.of(), ValueHistogram.shown(control.fairShare()));
  }

  private void demand(String name, String help, ToDoubleFunction<DemandHistory> value) {
    perLevel(name, help, "gauge", level -> level.look(_ -> value.applyAsDouble(level.demand())));
  }

  private void progress() {
    perLevel(
        "current_r",
        "[ALPHA] R(time of last change)",
        "gauge",
        level -> SeatSeconds.inSeconds(level.look(QueueSet::meter)));
    marks();
    text.family(
        PREFIX + "epoch_advance_total",
        "[ALPHA] Number of times the queueset's progress meter jumped backward",
        "counter");
    levels
        .values()
        .forEach(level -> {
          long epochs = level.look(queues -> queues.counts().epochs());
          if (epochs > 0) {
            text.sample(
                PREFIX + "epoch_advance_total",
                List.of(level(level), new Label("success", "true")),
                epochs);
          }
        });
    perSchema(
        "request_dispatch_no_accommodation_total",
        "[ALPHA] Number of times a dispatch attempt resulted in a non accommodation due to lack of available seats",
        "counter",
        counts -> counts.heldUp.sum() > 0,
        counts -> counts.heldUp.sum());
  }

  /// A reader of one of the [DispatchMarks].
  @FunctionalInterface
  private interface Mark {
    long of(DispatchMarks marks);
  }

  private void marks() {
    mark(
        "dispatch_r",
        "Where the progress meter stood at the last dispatch",
        Map.of("", DispatchMarks::meter));
    mark(
        "latest_s",
        "Where the request that was dispatched last begins in the virtual world",
        Map.of("", DispatchMarks::start));
    mark(
        "next_s_bounds",
        "Least and most, over queues, of where the first request that waits begins in the virtual world",
        Map.of("min", DispatchMarks::least, "max", DispatchMarks::most));
    mark(
        "next_discounted_s_bounds",
        "Least and most, over queues, of where the first request that waits begins in the virtual world, less the work in progress",
        Map.of("min", DispatchMarks::leastLeft, "max", DispatchMarks::mostLeft));
  }

  /// @param parts by bound; for one without bounds, by nothing
  private void mark(String name, String help, Map<String, Mark> parts) {
    text.family(PREFIX + name, "[ALPHA] " + help, "gauge");
    levels
        .values()
        .forEach(level ->
            level.look(queues -> {
              if (queues.marks().isNoted()) {
                new TreeMap<>(parts)
                    .forEach((bound, mark) -> {
                      double place = SeatSeconds.inSeconds(mark.of(queues.marks()));
                      text.sample(
                          PREFIX + name,
                          with(List.of(level(level)), "bound", bound),
                          ValueHistogram.shown(place));
                    });
              }
              return true;
            }));
  }

  private void use() {
    overTime(
        LevelUse.SEATS,
        "Observations, at the end of every nanosecond, of utilization of seats for any stage of execution (but only initial stage for WATCHes)",
        (level, use, now) -> use.writeSeats(text, level(level), now));
    overTime(
        LevelUse.REQUESTS,
        "Observations, at the end of every nanosecond, of number of requests (as a fraction of the relevant limit) waiting or in any stage of execution (but only initial stage for WATCHes)",
        (level, use, now) -> use.writeRequests(text, level(level), now));
    overTime(
        LevelUse.DEMAND,
        "Observations, at the end of every nanosecond, of (the number of seats each priority level could use) / (nominal number of seats for that level)",
        (level, use, now) -> use.writeDemand(text, List.of(level(level)), now));
    text.family(
        KindUse.RATIO,
        OVER_TIME
            + "Requests that are executed or wait, by whether they change something, as a part of what all levels can take, as seen in every nanosecond",
        "histogram");
    control.kinds().writeShares(text, control.nowNanos());
    text.family(
        KindUse.WAITING,
        "[ALPHA] The most requests that waited at once in the last second, by whether they change something",
        "gauge");
    control.kinds().writeWaiting(text, control.nowNanos());
  }

  /// A writer of the use of a level.
  @FunctionalInterface
  private interface UseWriter {
    void write(PriorityLevel level, LevelUse use, long nowNanos);
  }

  private void overTime(String name, String help, UseWriter writer) {
    text.family(name, OVER_TIME + help, "histogram");
    levels.values().forEach(level -> level.use((use, now) -> writer.write(level, use, now)));
  }
}
