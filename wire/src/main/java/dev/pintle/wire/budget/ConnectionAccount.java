package dev.pintle.wire.budget;

import dev.pintle.wire.BeyondClaim;
import dev.pintle.wire.SharedLimit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The use of one connection, and since when it has only waited for its client. The allowances belong to the
/// connection's event loop; the rest is for any thread.
public final class ConnectionAccount {
  /// Each connection's own, so that little is always served: the limits of a process are laid out for it.
  static final int OWN_STREAMS = 8;

  static final long OWN_BYTES = 32 << 10;
  private static final int STREAMS_STEP = 16;
  private static final long BYTES_STEP = 64 << 10;

  /// Instead of a time: the server has work to do for this connection.
  static final long SERVED = Long.MAX_VALUE;

  private final ConnectionLimiter limiter;
  private final ClientAccount client;
  private final Runnable end;
  private final Allowance streams;
  private final Allowance requestBytes;
  private final Allowance answerBytes;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable SharedLimit beyond;
  private volatile long waitingSinceNanos;
  private volatile boolean first;
  private volatile BeyondClaim owed = BeyondClaim.NONE;
  private boolean greeted;
  private boolean ended;
  private boolean spoke;
  private BeyondClaim claim = BeyondClaim.NONE;

  /// @param beyond the limit that stood against letting it in; null for none
  /// @param end ends the connection; for any thread
  ConnectionAccount(
      ConnectionLimiter limiter,
      ClientAccount client,
      @Nullable SharedLimit beyond,
      long nowNanos,
      Runnable end) {
    this.limiter = limiter;
    this.client = client;
    this.beyond = beyond;
    this.end = end;
    this.waitingSinceNanos = nowNanos;
    this.streams = new Allowance(client.streams(), OWN_STREAMS, STREAMS_STEP, () -> true);
    this.requestBytes = new Allowance(client.requestBytes(), OWN_BYTES, BYTES_STEP, this::isFirst);
    this.answerBytes = new Allowance(client.answerBytes(), OWN_BYTES, BYTES_STEP, this::isFirst);
  }

  /// The limit in spite of which it was let in, to hear who it is; null for none, as from when it has a place like all others.
  public @Nullable SharedLimit beyond() {
    return beyond;
  }

  /// Whether it is served in spite of that limit, by what its client is owed; for any thread.
  public boolean isServedBeyond(BeyondClaim claim) {
    return limiter.isServedBeyond(this, claim);
  }

  boolean isFirst() {
    return first;
  }

  /// What the client is owed that asks from now on; what is asked for by who is owed all comes before what others ask for. For any
  /// thread.
  public void owes(BeyondClaim now) {
    first = now == BeyondClaim.CONNECTION;
    if (owed != now) {
      owed = now;
      limiter.owes(this, now);
    }
  }

  public Allowance streams() {
    return streams;
  }

  /// Of heads and bodies, while they are collected.
  public Allowance requestBytes() {
    return requestBytes;
  }

  /// Of what waits to be sent.
  public Allowance answerBytes() {
    return answerBytes;
  }

  /// A slot for a large body, or a place among those that wait for one; who comes first does not wait.
  ///
  /// @param granted is run where it had to wait and need not any more; on any thread
  public UploadSlots.Slot uploadSlot(Runnable granted) {
    UploadSlots slots = limiter.uploads();
    return isFirst() ? slots.beside() : slots.ask(granted);
  }

  /// The same for all connections of one client.
  public Object sharedBy() {
    return client;
  }

  /// Room for an answer that is about to be collected.
  public ReservedRoom newAnswerRoom() {
    return new ReservedRoom(client.answerBytes(), this::isFirst);
  }

  /// The head of a first request has come.
  public void greeted() {
    if (!greeted) {
      greeted = true;
      limiter.greeted(this);
    }
  }

  /// There is work to do for this connection: it is not ended to make room.
  public void serving() {
    if (waitingSinceNanos != SERVED) {
      waitingSinceNanos = SERVED;
    }
  }

  /// Since `nanos` there is nothing to do until the client goes on.
  public void waitingSince(long nanos) {
    waitingSinceNanos = nanos;
  }

  /// On the connection's event loop, once it is closed.
  public void closed() {
    if (closed.compareAndSet(false, true)) {
      streams.close();
      requestBytes.close();
      answerBytes.close();
      limiter.closed(this);
    }
  }

  /// Under the limiter's lock.
  void markEnded() {
    ended = true;
  }

  /// Under the limiter's lock, as what follows: the head of its first request has come.
  void markSpoke() {
    spoke = true;
  }

  boolean hasSpoken() {
    return spoke;
  }

  /// It has a place among all from now on.
  void letIn() {
    beyond = null;
  }

  void claim(BeyondClaim now) {
    claim = now;
  }

  BeyondClaim claim() {
    return claim;
  }

  boolean hasEnded() {
    return ended;
  }

  long waitingSinceNanos() {
    return waitingSinceNanos;
  }

  ClientAccount client() {
    return client;
  }

  void end() {
    end.run();
  }
}
