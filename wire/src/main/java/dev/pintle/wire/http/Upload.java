package dev.pintle.wire.http;

import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.budget.UploadSlots;
import dev.pintle.wire.loop.LoopTurn;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// The way of one large request body into the server: its client may send more than the first part once the body has a slot. Who
/// sends slowly has a slot for a short time only, and nobody waits long for one, so that no client keeps them from the others. On the
/// event loop of its connection only.
public final class Upload {
  /// From here on a body is large.
  public static final int BYTES_MIN = 128 << 10;

  /// The longest that a body waits for a slot; then it goes on without.
  static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

  /// The longest that a body has a slot. One of 1.4 MB is on its way for some ten milliseconds.
  static final long SLOT_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(250);

  private final LoopTurn turn;
  private final Runnable goOn;
  private final UploadSlots.Slot slot;
  private Future<?> timer;
  private boolean mayGoOn;
  private boolean ended;

  /// @param goOn lets the client send more
  public Upload(ConnectionAccount account, LoopTurn turn, Runnable goOn) {
    this.turn = turn;
    this.goOn = goOn;
    this.slot = account.uploadSlot(() -> turn.run(this::granted));
    this.mayGoOn = slot.isHeld();
    this.timer =
        mayGoOn
            ? turn.schedule(slot::close, SLOT_NANOS_MAX)
            : turn.schedule(this::goOnWithout, WAIT_NANOS_MAX);
  }

  /// Whether the client may send more.
  public boolean mayGoOn() {
    return mayGoOn;
  }

  private void granted() {
    if (ended || mayGoOn) {
      slot.close();
      return;
    }
    timer.cancel(false);
    timer = turn.schedule(slot::close, SLOT_NANOS_MAX);
    mayGoOn = true;
    goOn.run();
  }

  private void goOnWithout() {
    slot.close();
    if (!ended && !mayGoOn) {
      mayGoOn = true;
      goOn.run();
    }
  }

  /// The request is answered, or will not be.
  public void end() {
    ended = true;
    timer.cancel(false);
    slot.close();
  }
}
