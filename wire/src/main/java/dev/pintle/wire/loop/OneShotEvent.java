package dev.pintle.wire.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An event that happens once or never, with any number of listeners. Each is told once, in the order in which they came.
/// What one of them throws is reported, and the others are told all the same. Listeners may come from any thread, and wake
/// nobody by that; the event happens on one thread.
///
/// Thousands of requests wait with a few of these each, so that nothing but the listeners is kept beside it.
///
/// @param <T> a listener
public final class OneShotEvent<T> {
  private static final VarHandle LAST = lastHandle();
  private static final Listener<Object> HAPPENED = new Listener<>("happened", null);

  /// The one that came last; null before any has.
  private volatile @Nullable Listener<?> last;

  private static final class Listener<T> {
    final T told;
    @Nullable Listener<T> before;

    Listener(T told, @Nullable Listener<T> before) {
      this.told = told;
      this.before = before;
    }
  }

  private static VarHandle lastHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(OneShotEvent.class, "last", Listener.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// Adds a listener, unless the event has happened.
  ///
  /// @return false when it has: the caller sees to it that `listener` is told
  public boolean listen(T listener) {
    Listener<?> before;
    do {
      before = last;
      if (before == HAPPENED) {
        return false;
      }
    } while (!LAST.compareAndSet(this, before, new Listener<>(listener, mine(before))));
    return true;
  }

  /// Tells the listeners; a second time tells nobody.
  public void happen(Consumer<? super T> tell) {
    Listener<?> newest = (Listener<?>) LAST.getAndSet(this, HAPPENED);
    if (newest == HAPPENED) {
      return;
    }
    for (Listener<T> each = oldestFirst(mine(newest)); each != null; each = each.before) {
      try {
        tell.accept(each.told);
      } catch (RuntimeException | Error fault) {
        Faults.report(fault);
      }
    }
  }

  /// Turned round where they are: nobody else can reach them any more.
  private static <T> @Nullable Listener<T> oldestFirst(@Nullable Listener<T> newest) {
    Listener<T> turned = null;
    Listener<T> each = newest;
    while (each != null) {
      Listener<T> next = each.before;
      each.before = turned;
      turned = each;
      each = next;
    }
    return turned;
  }

  /// All but [#HAPPENED] were made here, of one type.
  @SuppressWarnings("unchecked")
  private @Nullable Listener<T> mine(@Nullable Listener<?> one) {
    return (Listener<T>) one;
  }
}
