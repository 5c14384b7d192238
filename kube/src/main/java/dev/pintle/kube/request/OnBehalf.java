package dev.pintle.kube.request;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The request on whose behalf a thread works, known to whatever waits for others, or takes what others share, however deep it is called.
/// Work that goes on on another thread takes it along ([#carried]).
public final class OnBehalf {
  /// Of what nobody waits for.
  public static final Duration UNLIMITED = Duration.ofHours(1);

  private static final ScopedValue<Behalf> REQUEST = ScopedValue.newInstance();

  private OnBehalf() {}

  /// A request, as far as threads know it.
  ///
  /// @param client whose request it is
  /// @param left what it has of its time
  private record Behalf(String client, Supplier<Duration> left) {}

  /// Does `work` for a request of `client` that has so much time left.
  public static void of(String client, Supplier<Duration> left, Runnable work) {
    ScopedValue.where(REQUEST, new Behalf(client, left)).run(work);
  }

  /// Whose request it is; empty for what the server does by itself.
  public static String client() {
    return REQUEST.isBound() ? REQUEST.get().client() : "";
  }

  /// What the request has left of its time; not more than none once it is over, and [#UNLIMITED] where there is no request.
  public static Duration left() {
    return REQUEST.isBound() ? REQUEST.get().left().get() : UNLIMITED;
  }

  /// Whether the request is over, whatever is still done for it.
  public static boolean isOver() {
    return !left().isPositive();
  }

  /// The same work, on behalf of the same request on any thread.
  public static Runnable carried(Runnable work) {
    if (!REQUEST.isBound()) {
      return work;
    }
    Behalf request = REQUEST.get();
    return () -> ScopedValue.where(REQUEST, request).run(work);
  }

  /// An executor of work for the request that this thread works for, whoever hands it the work.
  public static Executor carriedBy(Executor executor) {
    if (!REQUEST.isBound()) {
      return executor;
    }
    Behalf request = REQUEST.get();
    return work -> executor.execute(() -> ScopedValue.where(REQUEST, request).run(work));
  }
}
