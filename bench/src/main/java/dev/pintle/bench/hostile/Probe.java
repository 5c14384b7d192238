package dev.pintle.bench.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// A client that behaves: a few small requests at a steady pace, each over a connection of its own, each checked and timed.
///
/// A request that took long counts for those too that were due meanwhile and could not be sent, each by as much as it would
/// have waited: a stall is not one slow request among a thousand.
final class Probe implements AutoCloseable {
  private static final long PACE_NANOS = Duration.ofMillis(25).toNanos();

  /// Of a server's first seconds: quick enough that its compiler is done with what the probe asks.
  private static final long WARM_UP_PACE_NANOS = Duration.ofMillis(2).toNanos();

  private static final int COPIES = 2;
  private static final int WRONG_KEPT = 5;

  private final List<ClientRequest> errands;

  private Probe(List<ClientRequest> errands) {
    this.errands = errands;
  }

  /// The results of the probe; `wrong` is what was not answered as it should be, the first few.
  record Seen(Latencies latencies, List<String> wrong) {}

  /// The load of others meanwhile.
  interface Meanwhile {
    void run() throws Exception;
  }

  static Probe of(AttackedServer victim) throws IOException, InterruptedException {
    KubeClientRequest.prepare(victim);
    List<ClientRequest> errands = new ArrayList<>();
    for (int i = 0; i < COPIES; i++) {
      errands.add(KubeClientRequest.reading(victim));
      errands.add(KubeClientRequest.creating(victim));
      errands.add(new EtcdClientRequest(victim, "probe/" + i));
    }
    return new Probe(errands);
  }

  /// Makes a server that was just started one that has been in use.
  void warmUp(Duration time) throws Exception {
    var _ = during(() -> Thread.sleep(time), WARM_UP_PACE_NANOS);
  }

  Seen during(Meanwhile meanwhile) throws Exception {
    return during(meanwhile, PACE_NANOS);
  }

  private Seen during(Meanwhile meanwhile, long paceNanos) throws Exception {
    Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Rounds> rounds =
        errands.stream().map(errand -> new Rounds(errand, paceNanos, nanos, wrong)).toList();
    rounds.forEach(Rounds::start);
    try {
      meanwhile.run();
    } finally {
      for (Rounds one : rounds) {
        one.stop();
      }
    }
    List<String> first = wrong.stream().limit(WRONG_KEPT).toList();
    if (wrong.size() > WRONG_KEPT) {
      first = new ArrayList<>(first);
      first.add("and %d more".formatted(wrong.size() - WRONG_KEPT));
    }
    return new Seen(new Latencies(List.copyOf(nanos)), Collections.unmodifiableList(first));
  }

  @Override
  public void close() {
    errands.forEach(ClientRequest::close);
  }

  /// One errand again and again on a thread of its own.
  private static final class Rounds {
    private final ClientRequest errand;
    private final long paceNanos;
    private final Queue<Long> nanos;
    private final Queue<String> wrong;
    private final Thread thread;
    private volatile boolean stopped;

    Rounds(ClientRequest errand, long paceNanos, Queue<Long> nanos, Queue<String> wrong) {
      this.errand = errand;
      this.paceNanos = paceNanos;
      this.nanos = nanos;
      this.wrong = wrong;
      this.thread = Thread.ofPlatform().daemon().name("probe").unstarted(this::run);
    }

    void start() {
      thread.start();
    }

    void stop() throws InterruptedException {
      stopped = true;
      thread.join();
    }

    private void run() {
      while (!stopped) {
        long start = System.nanoTime();
        try {
          errand.run();
        } catch (IOException e) {
          wrong.add(errand + ": " + e.getMessage());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
        long taken = System.nanoTime() - start;
        for (long waited = taken; waited > 0; waited -= paceNanos) {
          nanos.add(waited);
        }
        LockSupport.parkNanos(paceNanos - taken % paceNanos);
      }
    }
  }
}
