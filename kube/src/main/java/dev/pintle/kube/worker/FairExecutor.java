package dev.pintle.kube.worker;

import dev.pintle.kube.status.StatusErrors;
import dev.pintle.wire.loop.NiceValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A few threads of the operating system that clients take turns on: whoever has more to do than others waits longer than they.
/// The operating system shares the processors between these threads and all others, and these come last ([NiceValue#BACKGROUND]), so that
/// what runs here delays nobody else by more than a small share, however long it runs.
public final class FairExecutor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FairExecutor.class.getName());
  private static final String BUSY =
      "the server has received too many requests and has asked us to try again later";

  private final FairLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ready = lock.newCondition();
  // All below are guarded by `lock`.
  private final Map<String, Client> clients = new HashMap<>();
  private final ArrayDeque<Client> turns = new ArrayDeque<>();
  private long heldBytes;
  private boolean closed;
  private final List<Thread> threads = new ArrayList<>();

  private record Task(long bytes, Runnable work) {}

  private static final class Client {
    final String name;
    final ArrayDeque<Task> waiting = new ArrayDeque<>();
    int running;
    long heldBytes;
    boolean hasTurn;

    Client(String name) {
      this.name = name;
    }
  }

  public FairExecutor(FairLimits limits) {
    this.limits = limits;
    for (int i = 0; i < limits.threads(); i++) {
      threads.add(Thread.ofPlatform().daemon().name("kube-bulk-" + i).start(this::serve));
    }
  }

  /// Runs `work` once it is the client's turn.
  ///
  /// @param bytes that `work` keeps in memory until it is done
  /// @throws dev.pintle.kube.status.StatusError 429 when the client, or all together, hold more than they may
  public void execute(String client, long bytes, Runnable work) {
    lock.lock();
    try {
      Client known = clients.computeIfAbsent(client, Client::new);
      boolean fits =
          known.heldBytes + bytes <= limits.clientBytesMax()
              && heldBytes + bytes <= limits.bytesMax()
              && known.waiting.size() < limits.clientTasksMax();
      // What is alone is taken whatever its size: its own limit was checked where it was read.
      if (closed || (!fits && known.running + known.waiting.size() > 0)) {
        throw StatusErrors.tooManyRequests(BUSY);
      }
      known.heldBytes += bytes;
      heldBytes += bytes;
      known.waiting.add(new Task(bytes, work));
      giveTurn(known);
    } finally {
      lock.unlock();
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

  private static RuntimeException cause(ExecutionException failed) {
    return switch (failed.getCause()) {
      case RuntimeException exception -> exception;
      case StackOverflowError deep -> throw deep;
      case null, default -> new IllegalStateException(failed);
    };
  }

  private void giveTurn(Client client) {
    if (!client.hasTurn
        && !client.waiting.isEmpty()
        && client.running < limits.threadsPerClient()) {
      client.hasTurn = true;
      turns.add(client);
      ready.signal();
    }
  }

  private void serve() {
    boolean first = true;
    while (true) {
      Client client = null;
      Task task = null;
      lock.lock();
      try {
        while (turns.isEmpty() && !closed) {
          ready.awaitUninterruptibly();
        }
        client = turns.poll();
        task = client == null ? null : take(client);
      } finally {
        lock.unlock();
      }
      if (client == null || task == null) {
        return;
      }
      if (first) {
        // Not before there is work: the call costs a start what it has not.
        NiceValue.ofThisThread(NiceValue.BACKGROUND);
        first = false;
      }
      run(task);
      done(client, task);
    }
  }

  private @Nullable Task take(Client client) {
    Task task = client.waiting.poll();
    client.hasTurn = false;
    client.running++;
    giveTurn(client);
    return task;
  }

  private static void run(Task task) {
    try {
      task.work().run();
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.log(System.Logger.Level.ERROR, "work of a request failed by our fault", bug);
    }
  }

  private void done(Client client, Task task) {
    lock.lock();
    try {
      client.running--;
      client.heldBytes -= task.bytes();
      heldBytes -= task.bytes();
      giveTurn(client);
      if (client.running == 0 && client.waiting.isEmpty()) {
        clients.remove(client.name);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more, and waits for what runs and waits.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      ready.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
