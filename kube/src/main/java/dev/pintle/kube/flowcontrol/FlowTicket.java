package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.ServiceTime;
import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A request on its way through a priority level.
public final class FlowTicket extends FlowRequest {
  private static final Set<String> READS = Set.of("get", "list", "watch");

  private final Classification classification;
  private final UserInfo user;
  private final RequestInfo target;
  private final Instant arrived;
  private final Resumption resumption;
  private long listBytes;
  private int ahead;
  private @Nullable AtomicReference<ServiceTime> time;
  private @Nullable Passage passage;

  /// The rest of a request that had to wait.
  public interface Resumption {
    /// Goes on, on another thread: the request has its seats.
    void dispatched(FlowTicket ticket);

    /// Turns the request away: it waited for as long as it may.
    void timedOut();
  }

  FlowTicket(
      Classification classification,
      UserInfo user,
      RequestInfo target,
      WorkEstimate estimate,
      Times times,
      Resumption resumption) {
    super(classification.hash(), estimate, times.arrivedNanos(), times.waitNanosMax());
    this.classification = classification;
    this.user = user;
    this.target = target;
    this.arrived = times.arrived();
    this.resumption = resumption;
  }

  /// The times of a request.
  ///
  /// @param arrivedNanos by the clock that levels are told
  /// @param waitNanosMax how long it may wait
  public record Times(Instant arrived, long arrivedNanos, long waitNanosMax) {}

  /// Says how long the answer will be, as far as that is known.
  public void expectBytes(long bytes) {
    listBytes = bytes;
  }

  long listBytes() {
    return listBytes;
  }

  /// Takes it to last as long as those of its kind did, and tells how long it did.
  void learn(AtomicReference<ServiceTime> kind) {
    time = kind;
    expectService(kind.get().nanos());
  }

  void lasted(long nanos) {
    AtomicReference<ServiceTime> kind = time;
    if (kind != null) {
      kind.updateAndGet(before -> before.after(nanos));
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

  Classification classification() {
    return classification;
  }

  UserInfo user() {
    return user;
  }

  RequestInfo target() {
    return target;
  }

  Instant arrived() {
    return arrived;
  }

  /// When its execution began, if it has; known under the lock of its level.
  Optional<Instant> started() {
    return switch (phase()) {
      case EXECUTING, LINGERING -> Optional.of(arrived.plusNanos(startedNanos() - arrivedNanos()));
      case NEW, WAITING, OVER -> Optional.empty();
    };
  }

  Resumption resumption() {
    return resumption;
  }

  /// Whether it changes nothing.
  boolean isRead() {
    return READS.contains(target.verb());
  }

  boolean isWatch() {
    return target.verb().equals("watch");
  }
}
