package dev.pintle.wire.worker;

import dev.pintle.wire.loop.NiceValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A few threads of the operating system that clients take turns on: whoever has more to do than others waits longer than they.
/// The operating system shares the processors between these threads and all others, and these come last ([NiceValue#BACKGROUND]), so that
/// what runs here delays nobody else by more than a small share, however long it runs.
public final class FairThreads implements AutoCloseable {
  /// So many may be away at once, each with a thread that stands in; who comes then is told so.
  private static final int AWAY_MAX = 256;

  /// While so many of one client are away, no more of its work begins.
  private static final int CLIENT_AWAY_MAX = 32;

  /// Of the places of those that are away, one client has no more than one of so many parts of what all leave: who takes all that there
  /// are to be had leaves some to others.
  private static final int PLACES_PARTS = 4;

  private static final ThreadLocal<@Nullable Turn> TURN = new ThreadLocal<>();
  private static final System.Logger LOG = System.getLogger(FairThreads.class.getName());

  private final String name;
  private final FairLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ready = lock.newCondition();
  // All below are guarded by `lock`.
  private final Map<Object, Client> clients = new HashMap<>();
  private final ArrayDeque<Client> turns = new ArrayDeque<>();
  private long heldBytes;
  private boolean closed;
  private final List<Thread> threads = new ArrayList<>();
  private int started;
  private int away;
  // Those that were away and go on. Whoever stood in for them stays until they are done.
  private int returned;

  /// The work that a thread is at. Of that thread.
  private static final class Turn {
    final FairThreads threads;
    final Client client;
    boolean away;
    boolean returned;

    Turn(FairThreads threads, Client client) {
      this.threads = threads;
      this.client = client;
    }
  }

  private record Task(long bytes, Runnable work) {}

  private static final class Client {
    final Object name;
    final ArrayDeque<Task> waiting = new ArrayDeque<>();
    // What goes on with work that was begun before, and comes first.
    final ArrayDeque<Task> goingOn = new ArrayDeque<>(0);
    int running;
    int away;
    long heldBytes;
    boolean hasTurn;

    Client(Object name) {
      this.name = name;
    }
  }

  /// @param name what the names of the threads begin with
  public FairThreads(String name, FairLimits limits) {
    this.name = name;
    this.limits = limits;
  }

  /// Not before there is work: most programs never have any.
  private void startThreads() {
    for (int i = 0; i < limits.threads(); i++) {
      startThread();
    }
  }

  private void startThread() {
    threads.add(Thread.ofPlatform().daemon().name(name + started).start(this::serve));
    started++;
  }

  /// Waits for somebody else in the middle of work: the turn is given back meanwhile, so that whoever does not answer keeps none of these
  /// threads. Elsewhere it is the wait alone.
  ///
  /// @param wait what waits, and hardly computes
  /// @param crowded what is done instead where too many are away; refuses, or does without the wait
  public static <T> T away(Supplier<T> wait, Supplier<T> crowded) {
    Turn turn = TURN.get();
    if (turn == null || turn.away) {
      return wait.get();
    }
    return switch (turn.threads.left(turn)) {
      case AWAY -> {
        try {
          yield wait.get();
        } finally {
          turn.threads.comeBack(turn);
        }
      }
      case CLOSED -> wait.get();
      case CROWDED -> crowded.get();
    };
  }

  private enum Left {
    AWAY,
    CLOSED,
    CROWDED
  }

  private Left left(Turn turn) {
    lock.lock();
    try {
      if (closed) {
        return Left.CLOSED;
      }
      Client client = turn.client;
      if (away >= AWAY_MAX
          || (client.away > 0 && client.away >= (AWAY_MAX - away) / PLACES_PARTS)) {
        return Left.CROWDED;
      }
      turn.away = true;
      away++;
      client.away++;
      client.running--;
      giveTurn(client);
      if (turn.returned) {
        // Whoever stood in for it still does.
        turn.returned = false;
        returned--;
      } else {
        startThread();
      }
      return Left.AWAY;
    } finally {
      lock.unlock();
    }
  }

  /// Goes on at once: it may hold what others wait for.
  private void comeBack(Turn turn) {
    lock.lock();
    try {
      Client client = turn.client;
      turn.away = false;
      turn.returned = true;
      away--;
      returned++;
      client.away--;
      client.running++;
      giveTurn(client);
    } finally {
      lock.unlock();
    }
  }

  private boolean isOneTooMany() {
    return threads.size() - away - returned > limits.threads();
  }

  /// Runs `work` once it is the client's turn. Answers false, and does not, when the client, or all together, hold more than they
  /// may.
  ///
  /// @param client who is equal for all work of one client
  /// @param bytes that `work` keeps in memory until it is done
  public boolean tryExecute(Object client, long bytes, Runnable work) {
    lock.lock();
    try {
      Client known = clients.computeIfAbsent(client, Client::new);
      boolean fits =
          known.heldBytes + bytes <= limits.clientBytesMax()
              && heldBytes + bytes <= limits.bytesMax()
              && known.waiting.size() < limits.clientTasksMax();
      // What is alone is taken whatever its size: its own limit was checked where it was read.
      if (closed || (!fits && known.running + known.waiting.size() > 0)) {
        return false;
      }
      known.heldBytes += bytes;
      heldBytes += bytes;
      add(known, known.waiting, new Task(bytes, work));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// As [#tryExecute], of what goes on with work that was begun: it counts in none of the limits, for what it belongs to does, and is not
  /// held up by those of the client who are away, since they may wait for it. Answers false, and does not run it, once this is closed.
  public boolean tryGoOn(Object client, Runnable work) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      Client known = clients.computeIfAbsent(client, Client::new);
      add(known, known.goingOn, new Task(0, work));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void add(Client client, ArrayDeque<Task> to, Task task) {
    if (threads.isEmpty()) {
      startThreads();
    }
    to.add(task);
    giveTurn(client);
  }

  private void giveTurn(Client client) {
    boolean begins = !client.waiting.isEmpty() && client.away < CLIENT_AWAY_MAX;
    if (!client.hasTurn
        && (begins || !client.goingOn.isEmpty())
        && client.running < limits.threadsPerClient()) {
      client.hasTurn = true;
      turns.add(client);
      ready.signal();
    }
  }

  private void serve() {
    NiceValue.ofThisThread(NiceValue.BACKGROUND);
    while (true) {
      Client client = null;
      Task task = null;
      lock.lock();
      try {
        while (turns.isEmpty() && !closed && !isOneTooMany()) {
          ready.awaitUninterruptibly();
        }
        // When the end has come the others may be gone, and what waits is done all the same.
        if (isOneTooMany() && (!closed || turns.isEmpty())) {
          threads.remove(Thread.currentThread());
          // It may have been told of work.
          ready.signal();
          return;
        }
        client = turns.poll();
        task = client == null ? null : take(client);
      } finally {
        lock.unlock();
      }
      if (client == null || task == null) {
        return;
      }
      Turn turn = new Turn(this, client);
      TURN.set(turn);
      run(task);
      TURN.remove();
      done(turn, task);
    }
  }

  private @Nullable Task take(Client client) {
    Task task = client.goingOn.isEmpty() ? client.waiting.poll() : client.goingOn.poll();
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

  private void done(Turn turn, Task task) {
    lock.lock();
    try {
      Client client = turn.client;
      if (turn.returned) {
        // From here on this thread is one too many.
        returned--;
      }
      client.running--;
      client.heldBytes -= task.bytes();
      heldBytes -= task.bytes();
      giveTurn(client);
      if (client.running + client.away == 0
          && client.waiting.isEmpty()
          && client.goingOn.isEmpty()) {
        clients.remove(client.name);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more, and waits for what runs and waits.
  @Override
  public void close() {
    List<Thread> ending;
    lock.lock();
    try {
      closed = true;
      ending = List.copyOf(threads);
      ready.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      for (Thread thread : ending) {
        thread.join();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
