package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kernel.flow.QueueState;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kernel.flow.SeatSeconds;
import dev.pintle.kube.request.RequestInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Dumps of the state of all priority levels, with upstream's columns: for people who look for who is in the way.
public final class FlowDumps {
  /// Queues or requests that a dump shows of one level at most.
  /// How Go writes a time that never was.
  private static final String NOT_YET = "0001-01-01T00:00:00Z";

  private static final int ROWS_MAX = 100_000;

  private final Map<String, PriorityLevel> levels;

  public FlowDumps(FlowControl control) {
    this.levels = new TreeMap<>(control.inForce().levels());
  }

  public String levels() {
    CommaTable table =
        new CommaTable(
            "PriorityLevelName",
            "ActiveQueues",
            "IsIdle",
            "IsQuiescing",
            "WaitingRequests",
            "ExecutingRequests",
            "DispatchedRequests",
            "RejectedRequests",
            "TimedoutRequests",
            "CancelledRequests");
    levels.values().forEach(level -> table.row(level.look(queues -> row(level, queues))));
    return table.text();
  }

  private static List<Object> row(PriorityLevel level, QueueSet queues) {
    QueueSetCounts counts = queues.counts();
    return List.of(
        level.name(),
        queues.busyQueues(),
        queues.isIdle(),
        level.isQuiescing(),
        counts.waiting(),
        counts.executing(),
        level.dispatched(),
        counts.rejected(),
        counts.timedOut(),
        counts.cancelled());
  }

  public String queues() {
    CommaTable table =
        new CommaTable(
            "PriorityLevelName",
            "Index",
            "PendingRequests",
            "ExecutingRequests",
            "SeatsInUse",
            "NextDispatchR",
            "InitialSeatsSum",
            "MaxSeatsSum",
            "TotalWorkSum");
    levels
        .values()
        .forEach(level -> {
          List<QueueState> states = level.look(FlowDumps::states);
          for (int i = 0; i < states.size(); i++) {
            table.row(row(level, i, states.get(i)));
          }
        });
    return table.text();
  }

  private static List<QueueState> states(QueueSet queues) {
    List<QueueState> states = new ArrayList<>();
    for (int i = 0; i < Math.min(queues.queueCount(), ROWS_MAX); i++) {
      states.add(queues.queue(i));
    }
    return states;
  }

  private static List<Object> row(PriorityLevel level, int index, QueueState queue) {
    return List.of(
        level.name(),
        index,
        queue.waiting(),
        queue.executing(),
        queue.seatsInUse(),
        SeatSeconds.text(queue.nextDispatchAt()),
        queue.initialSeatsWaiting(),
        queue.maxSeatsWaiting(),
        SeatSeconds.text(queue.workWaiting()));
  }

  /// @param details whether each row also says who asks for what
  public String requests(boolean details) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "PriorityLevelName",
                "FlowSchemaName",
                "QueueIndex",
                "RequestIndexInQueue",
                "FlowDistingsher", // as upstream spells it
                "ArriveTime",
                "InitialSeats",
                "FinalSeats",
                "AdditionalLatency",
                "StartTime"));
    if (details) {
      columns.addAll(
          List.of(
              "UserName",
              "Verb",
              "APIPath",
              "Namespace",
              "Name",
              "APIVersion",
              "Resource",
              "SubResource"));
    }
    CommaTable table = new CommaTable(columns.toArray(String[]::new));
    levels
        .values()
        .forEach(level ->
            level.look(FlowDumps::shown).forEach(shown -> table.row(row(level, shown, details))));
    return table.text();
  }

  /// A request as it is shown.
  ///
  /// @param place in its queue, or -1 when it is executed
  private record Shown(FlowTicket ticket, int place, String started) {}

  /// Only found under the lock: written when it is free again.
  private static List<Shown> shown(QueueSet queues) {
    List<Shown> shown = new ArrayList<>();
    queues.forEachBusyQueue(index -> {
      int[] place = {0};
      queues.forEachWaiting(index, request -> add(shown, request, place[0]++));
    });
    queues.forEachExecuting(request -> add(shown, request, -1));
    return shown;
  }

  private static void add(List<Shown> shown, FlowRequest request, int place) {
    if (shown.size() < ROWS_MAX) {
      FlowTicket ticket = (FlowTicket) request;
      String started = ticket.started().map(Instant::toString).orElse(NOT_YET);
      shown.add(new Shown(ticket, place, started));
    }
  }

  private static List<Object> row(PriorityLevel level, Shown shown, boolean details) {
    FlowTicket ticket = shown.ticket();
    List<Object> row =
        new ArrayList<>(
            List.of(
                level.name(),
                ticket.classification().schema().name(),
                ticket.queueIndex(),
                shown.place(),
                distinguisher(level, ticket),
                ticket.arrived(),
                ticket.estimate().initialSeats(),
                ticket.estimate().finalSeats(),
                goText(Duration.ofNanos(ticket.estimate().additionalNanos())),
                shown.started()));
    if (details) {
      row.addAll(details(ticket));
    }
    return row;
  }

  /// Flows are told apart only where they can be in different queues.
  private static String distinguisher(PriorityLevel level, FlowTicket ticket) {
    return level.spec().queuing() instanceof Queuing.Wait wait && wait.queues() > 1
        ? ticket.classification().schema().distinguisher().of(ticket.user(), ticket.target())
        : "";
  }

  private static List<Object> details(FlowTicket ticket) {
    RequestInfo target = ticket.target();
    var version = target.groupVersion();
    return List.of(
        ticket.user().name(),
        target.verb(),
        target.path(),
        target.namespace(),
        target.name(),
        version == null ? "" : version.text(),
        target.resource(),
        target.subresource());
  }

  private static String goText(Duration time) {
    return time.isZero() ? "0s" : time.toNanos() / 1_000_000.0 + "ms";
  }
}
