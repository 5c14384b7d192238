package dev.pintle.wire.loop;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An event that happens once or never to each of its owners, with any number of listeners. Each is told once, in the order in which they
/// came. What one of them throws is reported, and the others are told all the same. Listeners may come from any thread, and wake
/// nobody by that; the event happens on one thread.
///
/// Thousands of requests wait with a few of these each, so that an owner keeps one field for it, and a lone listener is all that is in
/// there.
///
/// @param <O> the owner
/// @param <T> a listener
public final class OneShotEvent<O, T> {
  private static final Object HAPPENED = new Object();

  /// Null, a listener, [Several], or [#HAPPENED].
  private final AtomicReferenceFieldUpdater<O, @Nullable Object> listeners;

  /// @param listeners the field of the owner, null at first, that nobody else touches
  public OneShotEvent(AtomicReferenceFieldUpdater<O, @Nullable Object> listeners) {
    this.listeners = listeners;
  }

  /// A listener, and those that came before.
  private static final class Several {
    final Object told;
    @Nullable Object before;

    Several(Object told, Object before) {
      this.told = told;
      this.before = before;
    }
  }

  /// Adds a listener, unless the event has happened.
  ///
  /// @return false when it has: the caller sees to it that `listener` is told
  public boolean listen(O owner, T listener) {
    Object before;
    Object now;
    do {
      before = listeners.get(owner);
      if (before == HAPPENED) {
        return false;
      }
      now = before == null ? listener : new Several(listener, before);
    } while (!listeners.compareAndSet(owner, before, now));
    return true;
  }

  /// Tells the listeners; a second time tells nobody.
  public void happen(O owner, Consumer<? super T> tell) {
    Object each = listeners.getAndSet(owner, HAPPENED);
    if (each == null || each == HAPPENED) {
      return;
    }
    // Turned round where they are, oldest first: nobody else can reach them any more.
    Several turned = null;
    while (each instanceof Several several) {
      each = several.before;
      several.before = turned;
      turned = several;
    }
    tell(Objects.requireNonNull(each), tell);
    while (turned != null) {
      tell(turned.told, tell);
      turned = (Several) turned.before;
    }
  }

  /// All but [#HAPPENED] and [Several] came as a listener.
  @SuppressWarnings("unchecked")
  private void tell(Object listener, Consumer<? super T> tell) {
    try {
      tell.accept((T) listener);
    } catch (RuntimeException | Error fault) {
      Faults.report(fault);
    }
  }
}
