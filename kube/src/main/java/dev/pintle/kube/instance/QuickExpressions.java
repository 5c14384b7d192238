package dev.pintle.kube.instance;

import dev.pintle.kube.cel.Effort;
import dev.pintle.kube.schema.ResourceType;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The bound on what expressions may take in a piece of work where others wait behind it. Work that meets it is given up before
/// it has changed anything, and done again where it holds up nobody.
public final class QuickExpressions {
  private static final ScopedValue<Effort> EFFORT = ScopedValue.newInstance();

  /// The end of work whose expressions take long, or have to be read first. Never seen by a client.
  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int notTried;

    TooLong(int notTried) {
      super("expressions that take long (expected: done again in turn)", null, false, false);
      this.notTried = notTried;
    }
  }

  /// So many writes of a resource are not tried after one that took long.
  private static final int NOT_TRIED = 100;

  private final AtomicInteger notTried = new AtomicInteger();

  private QuickExpressions() {}

  /// Does `work`, which writes an object of `type` and checks before it writes; answers whether it came to its end.
  public static boolean suffice(ResourceType type, Runnable work) {
    AtomicInteger notTried = type.derived(QuickExpressions.class, QuickExpressions::new).notTried;
    if (notTried.get() > 0) {
      notTried.decrementAndGet();
      return false;
    }
    try {
      ScopedValue.where(EFFORT, Effort.QUICK).run(work);
      return true;
    } catch (TooLong given) {
      notTried.set(given.notTried);
      return false;
    }
  }

  /// Does `check`, which changes nothing; `instead` where it would have to be given up for taking long. For work that others were asked
  /// about, which cannot be begun anew.
  public static <T> T orInstead(Supplier<T> check, Supplier<T> instead) {
    try {
      return check.get();
    } catch (TooLong _) {
      return instead.get();
    }
  }

  static Effort effort() {
    return EFFORT.orElse(Effort.FULL);
  }

  /// Gives the work up, where it has to be quick, for taking long.
  static void end() {
    end(NOT_TRIED);
  }

  /// Gives the work up, where it has to be quick, for something that is done once.
  static void endOnce() {
    end(0);
  }

  private static void end(int notTried) {
    if (effort() == Effort.QUICK) {
      throw new TooLong(notTried);
    }
  }
}
