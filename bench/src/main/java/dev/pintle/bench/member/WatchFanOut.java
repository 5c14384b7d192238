package dev.pintle.bench.member;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.member.Member;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.member.WatchHub.Spec;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/// One key, 10 000 watchers of it on 100 streams, and 10 000 watchers of a key each that nobody writes: what an event
/// delivered costs, and what an idle watcher weighs.
public final class WatchFanOut {
  private static final int STREAMS = 100;
  private static final int WATCHERS_PER_STREAM = 100;
  private static final int EVENTS = 2000;
  private static final int IDLE = 100_000;

  private final LongAdder delivered = new LongAdder();

  private WatchFanOut() {}

  public static void main(String[] arguments) throws Exception {
    new WatchFanOut().run();
  }

  private void run() throws IOException, InterruptedException {
    try (Member member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT)) {
      weighIdle(member);
      Bytes hot = Bytes.utf8("/registry/pods/namespace/hot");
      watchHot(member, hot);
      for (int round = 0; round < 5; round++) {
        deliver(member, hot, round);
      }
    }
  }

  private void weighIdle(Member member) throws InterruptedException {
    long before = usedBytes();
    for (int stream = 0; stream < STREAMS; stream++) {
      CountDownLatch created = new CountDownLatch(IDLE / STREAMS);
      var open =
          member
              .watches()
              .open(notices -> {
                notices.forEach(notice -> created.countDown());
                return true;
              });
      for (int i = 0; i < IDLE / STREAMS; i++) {
        Bytes key = Bytes.utf8("/registry/pods/%04d/%06d".formatted(stream, i));
        open.create(i, new Spec(KeyRange.point(key), 0, true, true, true, true));
      }
      created.await();
    }
    System.out.printf("an idle watcher weighs %d bytes%n", (usedBytes() - before) / IDLE);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void watchHot(Member member, Bytes hot) throws InterruptedException {
    CountDownLatch created = new CountDownLatch(STREAMS * WATCHERS_PER_STREAM);
    for (int stream = 0; stream < STREAMS; stream++) {
      var open =
          member
              .watches()
              .open(notices -> {
                for (Notice notice : notices) {
                  if (notice instanceof Notice.Events events) {
                    delivered.add(events.events().size());
                  } else {
                    created.countDown();
                  }
                }
                return true;
              });
      for (int i = 0; i < WATCHERS_PER_STREAM; i++) {
        open.create(i, new Spec(KeyRange.point(hot), 0, true, true, false, false));
      }
    }
    created.await();
  }

  private void deliver(Member member, Bytes hot, int round) throws InterruptedException {
    long wanted = (long) EVENTS * STREAMS * WATCHERS_PER_STREAM;
    long before = delivered.sum();
    long start = System.nanoTime();
    long cpu = cpuNanos();
    for (int i = 0; i < EVENTS; i++) {
      member.execute(Command.Put.of(hot, Bytes.wrap(new byte[64])));
    }
    while (delivered.sum() - before < wanted) {
      Thread.onSpinWait();
      Thread.sleep(1);
    }
    System.out.printf(
        "round %d: %.3f us CPU and %.3f us per event delivered%n",
        round, (cpuNanos() - cpu) / 1e3 / wanted, (System.nanoTime() - start) / 1e3 / wanted);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
