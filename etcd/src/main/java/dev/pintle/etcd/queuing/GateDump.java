package dev.pintle.etcd.queuing;

import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.QueueSetCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The writer of the dump of the gate: its levels, its rules, and the requests that wait, each a line of cells in columns.
final class GateDump {
  /// Requests that are shown of one level.
  static final int REQUESTS_MAX = 1000;

  // Where the columns of each part end.
  private static final int[] LEVEL = {25, 34, 43, 54, 65, 78};
  private static final int[] RULE = {25, 50, 63, 74, 85};
  private static final int[] REQUEST = {25, 32, 51, 76, 101, 108, 119};

  private final StringBuilder text = new StringBuilder(4096);

  private record Row(
      int queue, String method, String rule, String user, int seats, long waitedMillis) {}

  static String text(Collection<SeatLevel> levels, List<RuleInForce> rules) {
    GateDump dump = new GateDump();
    dump.line(LEVEL, "LEVEL", "SEATS", "IN USE", "EXECUTING", "WAITING", "BUSY QUEUES");
    for (SeatLevel level : levels) {
      if (level.isExempt()) {
        dump.line(LEVEL, level.name(), "-", "-", "-", "-", "-");
      } else {
        dump.level(level);
      }
    }
    dump.text.append('\n');
    dump.line(RULE, "RULE", "LEVEL", "DISPATCHED", "QUEUED", "CANCELLED");
    rules.forEach(rule ->
        dump.line(
            RULE,
            rule.name(),
            rule.level().name(),
            rule.dispatched.sum(),
            rule.queued.sum(),
            rule.cancelled.sum()));
    dump.text.append('\n');
    dump.line(REQUEST, "LEVEL", "QUEUE", "METHOD", "RULE", "USER", "SEATS", "WAITED ms");
    levels.forEach(dump::requests);
    return dump.text.toString();
  }

  private void level(SeatLevel level) {
    record Seen(QueueSetCounts counts, int busy) {}
    Seen seen = level.look(queues -> new Seen(queues.counts(), queues.busyQueues()));
    line(
        LEVEL,
        level.name(),
        level.plan().seats(),
        seen.counts().seatsInUse(),
        seen.counts().executing(),
        seen.counts().waiting(),
        seen.busy());
  }

  private void requests(SeatLevel level) {
    long now = level.nowNanos();
    for (Row row : level.look(queues -> rows(queues, now))) {
      line(
          REQUEST,
          level.name(),
          row.queue(),
          row.method(),
          row.rule(),
          row.user(),
          row.seats(),
          row.waitedMillis());
    }
  }

  private static List<Row> rows(QueueSet queues, long now) {
    List<Row> rows = new ArrayList<>();
    queues.forEachBusyQueue(index ->
        queues.forEachWaiting(
            index,
            request -> {
              if (rows.size() < REQUESTS_MAX) {
                rows.add(row(request, now));
              }
            }));
    return rows;
  }

  private static Row row(FlowRequest request, long now) {
    RequestClass requestClass = ((SeatTicket) request).requestClass();
    return new Row(
        request.queueIndex(),
        requestClass.method().label(),
        requestClass.rule().name(),
        requestClass.caller().user.isEmpty() ? "-" : requestClass.caller().user,
        request.estimate().maxSeats(),
        TimeUnit.NANOSECONDS.toMillis(Math.max(0, now - request.arrivedNanos())));
  }

  /// A cell that is too long for its column moves those behind it.
  private void line(int[] ends, Object... cells) {
    int begin = text.length();
    for (int i = 0; i < cells.length; i++) {
      text.append(cells[i]);
      if (i + 1 < cells.length) {
        text.repeat(' ', Math.max(1, begin + ends[i] - text.length()));
      }
    }
    text.append('\n');
  }
}
