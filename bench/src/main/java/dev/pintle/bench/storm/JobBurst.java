package dev.pintle.bench.storm;

import dev.pintle.bench.api.ApiAnswer;
import dev.pintle.bench.api.ApiConnection;
import dev.pintle.bench.api.ApiLoops;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that create Jobs as fast as they are let, and the controllers and kubelets that write what follows for each of them. All of a
/// tenant's clients are one service account; each has a connection of its own, as the controllers and every kubelet have.
final class JobBurst implements AutoCloseable {
  private static final int KUBELETS_MAX = 50;
  private static final int PROGRESS_SECONDS = 5;

  private final StormScale scale;
  private final ApiLoops loops = new ApiLoops();
  private final PatientCaller caller = new PatientCaller();
  private final List<ApiConnection> creators = new ArrayList<>();
  private final JobFollowUp followUp;

  JobBurst(StormTarget target, StormScale scale) throws IOException, InterruptedException {
    this.scale = scale;
    StormCluster cluster = new StormCluster(target, loops);
    for (int i = 0; i < scale.creators(); i++) {
      creators.add(cluster.account(loops, StormCluster.tenant(i), StormCluster.CREATOR));
    }
    List<ApiConnection> kubelets = new ArrayList<>();
    for (int i = 0; i < Math.min(KUBELETS_MAX, scale.nodes()); i++) {
      kubelets.add(cluster.kubelet(i));
    }
    this.followUp =
        new JobFollowUp(
            caller,
            cluster.account(loops, StormCluster.SYSTEM, StormCluster.JOB_CONTROLLER),
            cluster.user("system:kube-scheduler", ""),
            kubelets);
  }

  /// @param prefix of the Jobs' names
  BurstOutcome run(String prefix, int jobs) throws InterruptedException {
    var _ = caller.take();
    Under under = new Under(prefix, jobs);
    Thread progress = Thread.ofVirtual().start(under::tell);
    List<Thread> following = new ArrayList<>();
    for (int i = 0; i < scale.followers(); i++) {
      following.add(Thread.ofVirtual().start(under::follow));
    }
    List<Thread> creating = new ArrayList<>();
    for (int i = 0; i < creators.size(); i++) {
      int client = i;
      creating.add(Thread.ofVirtual().start(() -> under.create(client)));
    }
    for (Thread one : creating) {
      one.join();
    }
    long jobNanos = System.nanoTime() - under.start;
    under.noMore(following.size());
    for (Thread one : following) {
      one.join();
    }
    long allNanos = System.nanoTime() - under.start;
    progress.interrupt();
    progress.join();
    return new BurstOutcome(
        under.made.get(), jobNanos, under.complete.get(), allNanos, caller.take());
  }

  @Override
  public void close() {
    loops.close();
  }

  /// One burst that is under way.
  private final class Under {
    private final String prefix;
    private final int jobs;
    private final long start = System.nanoTime();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger complete = new AtomicInteger();
    private final BlockingQueue<Optional<JobFollowUp.MadeJob>> waiting =
        new LinkedBlockingQueue<>();

    Under(String prefix, int jobs) {
      this.prefix = prefix;
      this.jobs = jobs;
    }

    void create(int client) {
      String namespace = StormCluster.tenant(client);
      String path = StormCluster.jobs(namespace);
      try {
        for (int job = next.getAndIncrement(); job < jobs; job = next.getAndIncrement()) {
          String name = prefix + "-" + job;
          Optional<ApiAnswer> answer =
              caller.call(
                  creators.get(client),
                  Traffic.JOB_CREATE,
                  () -> JobFollowUp.create(path, name),
                  System.nanoTime());
          if (answer.isPresent()) {
            made.incrementAndGet();
            waiting.add(Optional.of(new JobFollowUp.MadeJob(namespace, name, job, answer.get())));
          }
        }
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }

    void follow() {
      try {
        for (Optional<JobFollowUp.MadeJob> job = waiting.take();
            job.isPresent();
            job = waiting.take()) {
          if (followUp.all(job.get())) {
            complete.incrementAndGet();
          }
        }
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }

    void noMore(int followers) {
      for (int i = 0; i < followers; i++) {
        waiting.add(Optional.empty());
      }
    }

    void tell() {
      try {
        while (true) {
          TimeUnit.SECONDS.sleep(PROGRESS_SECONDS);
          System.err.printf(
              "    %s: %d of %d Jobs created, %d complete%n",
              prefix, made.get(), jobs, complete.get());
        }
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
