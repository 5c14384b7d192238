package dev.pintle.kube.workqueue;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The refusal of a write that somebody else keeps undoing, until some time has gone by; see [Contention]. What was to be done is to be
/// done again then.
public final class Restrained extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long nanos;

  public Restrained(long nanos) {
    super(
        "somebody else keeps undoing it; again in %d ms"
            .formatted(TimeUnit.NANOSECONDS.toMillis(nanos)),
        null,
        false,
        false);
    this.nanos = nanos;
  }

  /// How long to wait.
  public long nanos() {
    return nanos;
  }

  /// Does one thing after the other that have nothing to do with each other: one that is restrained does not stand before the rest.
  ///
  /// @throws Restrained that of those which may be done soonest, once all others are done
  public static <T> void each(Iterable<T> things, Consumer<? super T> step) {
    Restrained soonest = null;
    for (T thing : things) {
      try {
        step.accept(thing);
      } catch (Restrained restrained) {
        soonest = soonest == null || restrained.nanos < soonest.nanos ? restrained : soonest;
      }
    }
    if (soonest != null) {
      throw soonest;
    }
  }
}
