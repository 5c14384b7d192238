package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kernel.flow.WorkEstimate;

/// The limit of the bytes that answers of lists which are being sent have together, at all levels: what is beyond it waits, and flows take
/// turns by the bytes they have had. A list larger than the limit is sent while no other is. What the exempt level sends counts, but never
/// waits.
final class ListBytes {
  /// In bytes.
  static final long LIMIT_MIN = 1_048_576;

  /// Shorter answers are not counted; the bytes that a seat of the gate stands for.
  private static final int UNIT_BYTES = 65_536;

  private static final Queuing QUEUING = new Queuing.Wait(64, 6, 50);

  private final FlowGate gate;
  private final long bytesMax;

  ListBytes(long bytesMax, FlowClock clock) {
    this.bytesMax = bytesMax;
    this.gate = new FlowGate(QUEUING, units(bytesMax), clock);
  }

  private static int units(long bytes) {
    return (int) Math.min(bytes / UNIT_BYTES, Integer.MAX_VALUE / 2);
  }

  /// Leads a list by the gate, if it is long.
  void on(Passage passage, long bytes, LevelSpec level) {
    if (bytes >= UNIT_BYTES) {
      FlowGate.Manner manner =
          switch (level.queuing()) {
            case Queuing.Exempt _ -> FlowGate.Manner.AT_ONCE;
            case Queuing.Reject _ -> FlowGate.Manner.NOW_OR_NEVER;
            case Queuing.Wait _ -> FlowGate.Manner.WAIT;
          };
      passage.through(gate, new WorkEstimate(units(bytes), 0, 0), manner, () -> {});
    }
  }

  /// Whether a list of the size could be sent now.
  ///
  /// @return what is counted of it at the gate; null when it does not come there
  String told(long bytes) {
    QueueSetCounts counts = gate.counts();
    return "%s; %d of %d bytes are being sent, %d lists wait"
        .formatted(
            bytes < UNIT_BYTES ? "not counted" : "about %d bytes".formatted(bytes),
            inFlight(counts),
            bytesMax,
            counts.waiting());
  }

  QueueSetCounts counts() {
    return gate.counts();
  }

  long bytesMax() {
    return bytesMax;
  }

  static long inFlight(QueueSetCounts counts) {
    return (long) counts.seatsInUse() * UNIT_BYTES;
  }

  static long waiting(QueueSetCounts counts) {
    return (long) counts.seatsWaiting() * UNIT_BYTES;
  }
}
