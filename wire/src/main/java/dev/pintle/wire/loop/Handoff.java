package dev.pintle.wire.loop;

import org.jspecify.annotations.Nullable;

/// One piece of work that another thread gives to an event loop; used once. It is its own link in the loop's stack, so
/// that handing over allocates nothing else.
public abstract class Handoff {
  @Nullable Handoff next;

  /// Does the work, on the event loop.
  protected abstract void run();

  /// Releases what the work holds, when the loop has ended and will never run it.
  protected void discard() {}
}
