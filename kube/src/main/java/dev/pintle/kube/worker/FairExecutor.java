package dev.pintle.kube.worker;

import dev.pintle.kube.request.OnBehalf;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.worker.FairLimits;
import dev.pintle.wire.worker.FairThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// The [FairThreads] of the Kubernetes surface, which answers 429 for what they do not take.
public final class FairExecutor implements AutoCloseable {
  /// What takes long enough to be felt by those who wait behind it has more.
  public static final long HERE_BYTES_MAX = 16 * 1024;

  private final FairThreads threads;

  public FairExecutor(FairLimits limits) {
    this.threads = new FairThreads("kube-bulk-", limits);
  }

  /// Runs `work` once it is the client's turn, on behalf of the request that this thread works for.
  ///
  /// @param bytes that `work` keeps in memory until it is done
  /// @throws dev.pintle.kube.status.StatusError 429 when the client, or all together, hold more than they may
  public void execute(String client, long bytes, Runnable work) {
    if (!threads.tryExecute(client, bytes, OnBehalf.carried(work))) {
      throw StatusErrors.shed(SharedLimit.WORK_BYTES);
    }
  }

  /// Computes, as a part of a request, what takes long where `bytes` are many: here if they are few, or if clients take turns here
  /// already; else in the turn of the client on whose behalf this thread works, for which it waits.
  ///
  /// @throws dev.pintle.kube.status.StatusError 503 when the server stops; and whatever `work` throws
  public <T> T inTurn(long bytes, Supplier<T> work) {
    return bytes <= HERE_BYTES_MAX || !Thread.currentThread().isVirtual()
        ? work.get()
        : goOn(OnBehalf.client(), work);
  }

  /// Makes a value, as a part of a request that others were asked about already, once it is the client's turn, and waits for it.
  ///
  /// @throws dev.pintle.kube.status.StatusError 503 when the server stops; and whatever `work` throws
  public <T> T goOn(String client, Supplier<T> work) {
    CompletableFuture<T> made = new CompletableFuture<>();
    if (!threads.tryGoOn(client, OnBehalf.carried(() -> make(made, work)))) {
      throw StatusErrors.unavailable("the server is stopping");
    }
    return made(made);
  }

  /// Makes a value once it is the client's turn, and waits for it; on a thread that may.
  ///
  /// @param bytes that `work` keeps in memory until it is done
  /// @throws dev.pintle.kube.status.StatusError 429 as [#execute]; and whatever `work` throws
  public <T> T call(String client, long bytes, Supplier<T> work) {
    CompletableFuture<T> made = new CompletableFuture<>();
    execute(client, bytes, () -> make(made, work));
    return made(made);
  }

  private static <T> void make(CompletableFuture<T> made, Supplier<T> work) {
    try {
      made.complete(work.get());
    } catch (RuntimeException | StackOverflowError failed) {
      made.completeExceptionally(failed);
    }
  }

  private static <T> T made(CompletableFuture<T> made) {
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
