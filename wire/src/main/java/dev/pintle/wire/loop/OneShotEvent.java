package dev.pintle.wire.loop;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An event that happens once or never, with any number of listeners. Each is told once, in the order in which they came.
/// What one of them throws is reported, and the others are told all the same. Listeners may come from any thread, and wake
/// nobody by that; the event happens on one thread.
public final class OneShotEvent {
  private static final Listener HAPPENED = new Listener(() -> {}, null);

  /// The last listener that came; null before any has.
  private final AtomicReference<@Nullable Listener> last = new AtomicReference<>();

  private static final class Listener {
    final Runnable action;
    final @Nullable Listener before;

    Listener(Runnable action, @Nullable Listener before) {
      this.action = action;
      this.before = before;
    }
  }

  /// Adds a listener, unless the event has happened.
  ///
  /// @return false when it has: the caller sees to it that `action` is run
  public boolean listen(Runnable action) {
    Listener before;
    do {
      before = last.get();
      if (before == HAPPENED) {
        return false;
      }
    } while (!last.compareAndSet(before, new Listener(action, before)));
    return true;
  }

  /// Tells the listeners; a second time tells nobody.
  public void happen() {
    Listener told = last.getAndSet(HAPPENED);
    if (told != HAPPENED) {
      tell(told);
    }
  }

  private static void tell(@Nullable Listener newest) {
    Listener oldestFirst = null;
    for (Listener each = newest; each != null; each = each.before) {
      oldestFirst = new Listener(each.action, oldestFirst);
    }
    for (Listener each = oldestFirst; each != null; each = each.before) {
      Faults.guard(each.action);
    }
  }
}
