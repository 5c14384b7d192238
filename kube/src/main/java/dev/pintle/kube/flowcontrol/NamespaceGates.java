package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kernel.flow.Queuing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The gates of a level at which requests to one namespace have to wait for each other. A gate is there while a request is: names that
/// clients make up leave nothing behind.
final class NamespaceGates {
  private final FlowClock clock;
  private final Map<String, Shared> gates = new ConcurrentHashMap<>();

  NamespaceGates(FlowClock clock) {
    this.clock = clock;
  }

  /// A gate with the limits that it was given last, and how many requests know it.
  private record Shared(FlowGate gate, Queuing queuing, int seatsMax, int users) {}

  /// Leads a request by the gate of its namespace.
  ///
  /// @param level with a limit for namespaces
  void on(Passage passage, FlowTicket ticket, LevelSpec level) {
    String namespace = ticket.target().namespace();
    Shared shared = gates.compute(namespace, (_, found) -> withOneMore(found, level));
    passage.through(
        shared.gate(), ticket.estimate(), FlowGate.Manner.WAIT, () -> release(namespace));
  }

  private Shared withOneMore(@Nullable Shared found, LevelSpec level) {
    Queuing queuing = level.queuing();
    int seatsMax = level.namespaceSeatsMax();
    if (found == null) {
      return new Shared(new FlowGate(queuing, seatsMax, clock), queuing, seatsMax, 1);
    }
    if (!found.queuing().equals(queuing) || found.seatsMax() != seatsMax) {
      found.gate().configure(queuing, seatsMax);
    }
    return new Shared(found.gate(), queuing, seatsMax, found.users() + 1);
  }

  private void release(String namespace) {
    gates.computeIfPresent(
        namespace,
        (_, found) ->
            found.users() == 1
                ? null
                : new Shared(found.gate(), found.queuing(), found.seatsMax(), found.users() - 1));
  }

  /// What is at the gate of a namespace; null when nothing is.
  @Nullable QueueSetCounts counts(String namespace) {
    Shared found = gates.get(namespace);
    return found == null ? null : found.gate().counts();
  }

  /// Requests that wait at all of them.
  long waiting() {
    return gates.values().stream().mapToLong(shared -> shared.gate().counts().waiting()).sum();
  }

  /// How many namespaces have a gate.
  int size() {
    return gates.size();
  }
}
