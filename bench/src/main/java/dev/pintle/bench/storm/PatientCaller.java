package dev.pintle.bench.storm;

import dev.pintle.bench.api.ApiAnswer;
import dev.pintle.bench.api.ApiCall;
import dev.pintle.bench.api.ApiConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// A caller that waits as `Retry-After` says and asks again, ten times at the most, as client-go does; everything is counted.
final class PatientCaller {
  private static final int RETRIES_MAX = 10;

  private final AtomicReference<StormFigures> figures = new AtomicReference<>(new StormFigures());

  /// What was counted so far; counting begins anew.
  StormFigures take() {
    return figures.getAndSet(new StormFigures());
  }

  TrafficFigures of(Traffic traffic) {
    return figures.get().of(traffic);
  }

  /// As [#call(ApiConnection, Traffic, Supplier, long)], with the same call at each attempt.
  Optional<ApiAnswer> call(ApiConnection connection, Traffic traffic, ApiCall call, long due)
      throws InterruptedException {
    return call(connection, traffic, () -> call, due);
  }

  /// The answer, when it was a success in the end.
  ///
  /// @param due when the request should have been sent
  Optional<ApiAnswer> call(
      ApiConnection connection, Traffic traffic, Supplier<ApiCall> calls, long due)
      throws InterruptedException {
    TrafficFigures counts = of(traffic);
    for (int retries = 0; ; retries++) {
      ApiCall call = calls.get();
      long start = System.nanoTime();
      try {
        ApiAnswer answer = connection.call(call);
        counts.attempt(answer.endNanos() - start, answer.rejected());
        if (answer.asksToWait() && retries < RETRIES_MAX) {
          Thread.sleep(Duration.ofSeconds(answer.retrySeconds()));
          continue;
        }
        counts.ended(answer.endNanos() - due);
        if (answer.succeeded()) {
          return Optional.of(answer);
        }
        counts.failure("%s: %d %s".formatted(call, answer.code(), answer.body()));
      } catch (IOException unanswered) {
        counts.ended(System.nanoTime() - due);
        counts.failure(String.valueOf(unanswered.getMessage()));
      }
      return Optional.empty();
    }
  }
}
