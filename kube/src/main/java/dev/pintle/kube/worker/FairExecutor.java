package dev.pintle.kube.worker;

import dev.pintle.kube.status.StatusErrors;
import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.worker.FairLimits;
import dev.pintle.wire.worker.FairThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// The [FairThreads] of the Kubernetes surface, which answers 429 for what they do not take.
public final class FairExecutor implements AutoCloseable {
  private final FairThreads threads;

  public FairExecutor(FairLimits limits) {
    this.threads = new FairThreads("kube-bulk-", limits);
  }

  /// Runs `work` once it is the client's turn.
  ///
  /// @param bytes that `work` keeps in memory until it is done
  /// @throws dev.pintle.kube.status.StatusError 429 when the client, or all together, hold more than they may
  public void execute(String client, long bytes, Runnable work) {
    if (!threads.tryExecute(client, bytes, work)) {
      throw StatusErrors.shed(SharedLimit.WORK_BYTES);
    }
  }

  /// Makes a value once it is the client's turn, and waits for it; on a thread that may.
  ///
  /// @param bytes that `work` keeps in memory until it is done
  /// @throws dev.pintle.kube.status.StatusError 429 as [#execute]; and whatever `work` throws
  public <T> T call(String client, long bytes, Supplier<T> work) {
    CompletableFuture<T> made = new CompletableFuture<>();
    execute(
        client,
        bytes,
        () -> {
          try {
            made.complete(work.get());
          } catch (RuntimeException | StackOverflowError failed) {
            made.completeExceptionally(failed);
          }
        });
    try {
      return made.get();
    } catch (ExecutionException failed) {
      throw cause(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw StatusErrors.unavailable("the server is stopping");
    }
  }

  /// Does what waits for somebody else's answer. On a thread where clients take turns, others have it meanwhile.
  ///
  /// @throws dev.pintle.kube.status.StatusError 429 where too many wait so already; nothing was begun then
  public static <T> T away(Supplier<T> wait) {
    return FairThreads.away(
        wait,
        () -> {
          throw StatusErrors.shed(SharedLimit.WORK_AWAY);
        });
  }

  private static RuntimeException cause(ExecutionException failed) {
    return switch (failed.getCause()) {
      case RuntimeException exception -> exception;
      case StackOverflowError deep -> throw deep;
      case null, default -> new IllegalStateException(failed);
    };
  }

  /// Takes no more, and waits for what runs and waits.
  @Override
  public void close() {
    threads.close();
  }
}
