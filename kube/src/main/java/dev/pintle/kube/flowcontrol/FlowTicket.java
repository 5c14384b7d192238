package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.ServiceTime;
import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A request on its way through a priority level, and the rest of it if it has to wait. Whoever makes it knows who asks for what, so that
/// there is one object for each request that waits.
public abstract class FlowTicket extends FlowRequest {
  private static final Set<String> READS = Set.of("get", "list", "watch");

  private final Classification classification;
  private final String verb;
  private int ahead;
  private @Nullable Learned learned;
  private @Nullable Passage passage;

  /// The time that those of its kind last, and `nanos`, what it was when the request came.
  private record Learned(AtomicReference<ServiceTime> kind, long nanos) {}

  /// @param arrivedNanos at its level, by the clock that levels are told
  /// @param waitNanosMax how long it may wait
  /// @param verb by which it asks
  protected FlowTicket(
      Classification classification,
      WorkEstimate estimate,
      long arrivedNanos,
      long waitNanosMax,
      String verb) {
    super(estimate, arrivedNanos, waitNanosMax);
    this.classification = classification;
    this.verb = verb;
  }

  @Override
  protected final long flowHash() {
    return classification.hash();
  }

  /// Who asks.
  protected abstract UserInfo user();

  /// What is asked for; while the request waits it may be found out anew at each call.
  protected abstract RequestInfo target();

  /// When it came to the server.
  protected abstract Instant arrived();

  /// Goes on after it had to wait, on another thread: it has its seats.
  protected abstract void dispatched();

  /// Turns it away: it waited for as long as it may.
  protected abstract void timedOut();

  /// Takes it to last as long as those of its kind did, and tells how long it did.
  void learn(AtomicReference<ServiceTime> kind) {
    learned = new Learned(kind, kind.get().nanos());
  }

  @Override
  protected final long expectedNanos() {
    Learned known = learned;
    return known == null ? QueueSet.SERVICE_NANOS : known.nanos();
  }

  void lasted(long nanos) {
    Learned known = learned;
    if (known != null) {
      known.kind().updateAndGet(before -> before.after(nanos));
    }
  }

  /// How many requests were in its queue when it came there.
  int ahead() {
    return ahead;
  }

  void queuedBehind(int others) {
    ahead = others;
  }

  void leadBy(Passage gates) {
    passage = gates;
  }

  /// Its way through gates; null when it goes to its level at once.
  @Nullable Passage passage() {
    return passage;
  }

  public final Classification classification() {
    return classification;
  }

  /// When its execution began, if it has; known under the lock of its level.
  Optional<Instant> started() {
    return switch (phase()) {
      case EXECUTING, LINGERING ->
          Optional.of(arrived().plusNanos(startedNanos() - arrivedNanos()));
      case NEW, WAITING, OVER -> Optional.empty();
    };
  }

  /// Whether it changes nothing.
  boolean isRead() {
    return READS.contains(verb);
  }

  protected final boolean isWatch() {
    return verb.equals("watch");
  }
}
