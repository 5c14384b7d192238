package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.NominalLimits;
import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.metrics.TimeHistogram;
import java.util.List;

/// The use of a level over time, as parts of its limits. Guarded by the level's lock.
final class LevelUse {
  static final String SEATS = "apiserver_flowcontrol_priority_level_seat_utilization";
  static final String REQUESTS = "apiserver_flowcontrol_priority_level_request_utilization";
  static final String DEMAND = "apiserver_flowcontrol_demand_seats";

  private static final double[] SEAT_LIMITS = {
    0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1
  };
  private static final double[] REQUEST_LIMITS = {
    0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 1
  };
  private static final double[] DEMAND_LIMITS = {
    0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.7, 2, 2.8, 4, 6
  };

  private final TimeHistogram seats;
  private final TimeHistogram waiting;
  private final TimeHistogram executing;
  private final TimeHistogram demand;

  LevelUse(long nowNanos) {
    this.seats = new TimeHistogram(nowNanos, SEAT_LIMITS);
    this.waiting = new TimeHistogram(nowNanos, REQUEST_LIMITS);
    this.executing = new TimeHistogram(nowNanos, REQUEST_LIMITS);
    this.demand = new TimeHistogram(nowNanos, DEMAND_LIMITS);
  }

  /// @param seatsMax that the level has at the moment
  void note(
      QueueSetCounts counts, Queuing queuing, NominalLimits limits, int seatsMax, long nowNanos) {
    double places =
        queuing instanceof Queuing.Wait wait
            ? (double) wait.queues() * Math.max(1, wait.queueLengthMax())
            : 1;
    double most = Math.max(1, seatsMax);
    seats.set(counts.seatsInUse() / most, nowNanos);
    waiting.set(counts.waiting() / places, nowNanos);
    executing.set(counts.executing() / most, nowNanos);
    demand.set(
        (counts.seatsInUse() + counts.seatsWaiting()) / (double) Math.max(1, limits.nominal()),
        nowNanos);
  }

  void writeSeats(MetricsText text, Label level, long nowNanos) {
    seats.write(text, SEATS, List.of(new Label("phase", "executing"), level), nowNanos);
  }

  void writeDemand(MetricsText text, List<Label> level, long nowNanos) {
    demand.write(text, DEMAND, level, nowNanos);
  }

  void writeRequests(MetricsText text, Label level, long nowNanos) {
    waiting.write(text, REQUESTS, List.of(new Label("phase", "waiting"), level), nowNanos);
    executing.write(text, REQUESTS, List.of(new Label("phase", "executing"), level), nowNanos);
  }
}
