package dev.pintle.kube.transaction;

import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// The loop of every write of an object: read, change, write on the condition that nobody else did, and again from the newest
/// state when somebody was faster. The name is that of kube-apiserver's storage interface.
public final class GuaranteedUpdate {
  /// The number of attempts of a write before it is refused; whoever is overtaken that often has met a crowd.
  public enum Attempts {
    /// A patch; upstream's figure.
    PATCH(5),
    /// A generated name that is taken; upstream's figure.
    GENERATED_NAME(8),
    /// An eviction of a pod that changes meanwhile.
    EVICTION(20),
    /// What does not name the version it is based on: others make progress each time it is overtaken.
    UNCONDITIONAL(100);

    private final int max;

    Attempts(int max) {
      this.max = max;
    }

    public int max() {
      return max;
    }
  }

  private final Supplier<ObjectView> views;
  private final Supplier<StatusError> exhausted;
  private final IntSupplier asked;
  private final Attempts asking;

  /// @param views the store as it is now
  /// @param exhausted what is told when every attempt was overtaken
  public GuaranteedUpdate(Supplier<ObjectView> views, Supplier<StatusError> exhausted) {
    this(views, exhausted, () -> 0, Attempts.PATCH);
  }

  private GuaranteedUpdate(
      Supplier<ObjectView> views,
      Supplier<StatusError> exhausted,
      IntSupplier asked,
      Attempts asking) {
    this.views = views;
    this.exhausted = exhausted;
    this.asked = asked;
    this.asking = asking;
  }

  /// The same, of which only so few attempts ask others as a patch has: each may take long, and have effects.
  ///
  /// @param count how often others were asked so far
  public GuaranteedUpdate asking(IntSupplier count) {
    return asking(count, Attempts.PATCH);
  }

  /// As [#asking], so many times.
  public GuaranteedUpdate asking(IntSupplier count, Attempts most) {
    return new GuaranteedUpdate(views, exhausted, count, most);
  }

  /// Waits; on a thread that may.
  ///
  /// @param first the state that the first attempt sees
  /// @param attempt one try on the state it is given; empty when it was overtaken
  /// @throws StatusError what an attempt refuses, or that there were too many
  public <T> T run(Attempts attempts, ObjectView first, Function<ObjectView, Optional<T>> attempt) {
    ObjectView view = first;
    int askingOthers = 0;
    for (int i = 0; i < attempts.max(); i++) {
      int before = asked.getAsInt();
      Optional<T> done = attempt.apply(view);
      if (done.isPresent()) {
        return done.get();
      }
      if (asked.getAsInt() != before && ++askingOthers == asking.max()) {
        throw exhausted.get();
      }
      view = views.get();
    }
    throw exhausted.get();
  }
}
