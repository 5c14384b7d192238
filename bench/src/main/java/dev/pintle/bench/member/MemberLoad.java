package dev.pintle.bench.member;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// `MemberLoad FOLDER [KEYS]`: puts with one and with 256 in flight, gets, a load of KEYS keys of 1 KB (a million unless
/// said), ranges and counts over them, a restart.
public final class MemberLoad {
  private static final int IN_FLIGHT = 256;
  private static final int PUTS = 400_000;
  private static final int GETS = 2_000_000;
  private static final int KEYS_SMALL = 10_000;

  private final Path folder;
  private final int keys;
  private final SplittableRandom random = new SplittableRandom(1);

  private MemberLoad(Path folder, int keys) {
    this.folder = folder;
    this.keys = keys;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 1) {
      System.err.println("usage: MemberLoad FOLDER [KEYS]");
      System.exit(2);
    }
    int keys = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    new MemberLoad(Path.of(arguments[0]), keys).run();
  }

  private void run() throws Exception {
    try (Member member = open()) {
      System.out.printf("idle RSS %d MB%n", rssMegabytes());
      for (int round = 0; round < 3; round++) {
        putsInFlight(member, "warm " + round);
      }
      putsAlone(member);
      gets(member);
      fill(member);
      ranges(member);
    }
    restart();
  }

  private Member open() throws IOException {
    return LocalMember.open(
        folder, store -> RocksKv.open(store, RocksConfig.DEFAULT), Settings.DEFAULT);
  }

  private Bytes value(int size) {
    byte[] value = new byte[size];
    random.nextBytes(value);
    return Bytes.wrap(value);
  }

  private static Bytes key(long number) {
    return Bytes.utf8("/registry/things/namespace/%012d".formatted(number));
  }

  private void putsInFlight(Member member, String name) throws InterruptedException {
    Measured measured = Measured.start();
    Bytes value = value(256);
    put(member, PUTS, number -> Command.Put.of(key(random.nextInt(KEYS_SMALL)), value));
    measured.print("put 256 B, 256 in flight (" + name + ")", PUTS);
  }

  private interface Puts {
    Command.Put at(long number);
  }

  private static void put(Member member, long count, Puts puts) throws InterruptedException {
    Semaphore room = new Semaphore(IN_FLIGHT);
    AtomicLong failures = new AtomicLong();
    for (long i = 0; i < count; i++) {
      room.acquire();
      member.submit(
          puts.at(i),
          outcome -> {
            if (!(outcome instanceof Outcome.Written)) {
              failures.incrementAndGet();
            }
            room.release();
          });
    }
    room.acquire(IN_FLIGHT);
    if (failures.get() > 0) {
      throw new IllegalStateException(failures + " puts failed");
    }
  }

  private void putsAlone(Member member) {
    int count = 3000;
    long[] nanos = new long[count];
    Bytes value = value(256);
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      member.execute(Command.Put.of(key(i), value));
      nanos[i] = System.nanoTime() - start;
    }
    java.util.Arrays.sort(nanos);
    System.out.printf(
        "put 256 B alone: p50 %d us, p99 %d us%n",
        nanos[count / 2] / 1000, nanos[count * 99 / 100] / 1000);
  }

  private void gets(Member member) {
    Bytes[] hot = new Bytes[KEYS_SMALL];
    for (int i = 0; i < hot.length; i++) {
      hot[i] = key(i);
    }
    for (int round = 0; round < 2; round++) {
      Measured measured = Measured.start();
      long found = 0;
      for (int i = 0; i < GETS; i++) {
        RangeRequest request = RangeRequest.of(KeyRange.point(hot[random.nextInt(hot.length)]));
        if (member.view().rangeInMemory(request) instanceof StoreView.Found(var result)) {
          found += result.count();
        }
      }
      measured.print("get, found in memory " + found, GETS);
    }
  }

  private void fill(Member member) throws InterruptedException {
    Measured measured = Measured.start();
    put(member, keys, number -> Command.Put.of(key(1_000_000_000L + number), value(1024)));
    measured.print("load of 1 KB values", keys);
    System.out.printf("RSS %d MB, disk %d MB%n", rssMegabytes(), folderMegabytes());
  }

  private void ranges(Member member) {
    RangeRequest all = RangeRequest.of(KeyRange.prefix(Bytes.utf8("/registry/things/")));
    int rounds = 2000;
    for (int round = 0; round < 2; round++) {
      Measured measured = Measured.start();
      long sum = 0;
      for (int i = 0; i < rounds; i++) {
        sum += count(member.view().range(all.withContent(RangeRequest.Content.COUNT_ONLY)));
      }
      measured.print("count of " + sum / rounds + " keys", rounds);
    }
    for (int round = 0; round < 2; round++) {
      Measured measured = Measured.start();
      for (int i = 0; i < rounds / 10; i++) {
        count(member.view().range(all.limitedTo(1000)));
      }
      measured.print("range limit 1000", rounds / 10);
    }
    Measured measured = Measured.start();
    int cold = 100_000;
    for (int i = 0; i < cold; i++) {
      count(
          member
              .view()
              .range(RangeRequest.of(KeyRange.point(key(1_000_000_000L + random.nextInt(keys))))));
    }
    measured.print("get of a random key", cold);
    System.out.printf("RSS %d MB%n", rssMegabytes());
  }

  private static long count(StoreView.ReadOutcome outcome) {
    return switch (outcome) {
      case StoreView.Found(var result) -> result.count();
      case StoreView.NotReadable(var reason) -> throw new IllegalStateException(reason.toString());
    };
  }

  private void restart() throws IOException {
    long start = System.nanoTime();
    try (Member member = open()) {
      System.out.printf(
          "restart with %d keys: %d ms%n",
          count(
              member
                  .view()
                  .range(
                      RangeRequest.of(KeyRange.ALL).withContent(RangeRequest.Content.COUNT_ONLY))),
          (System.nanoTime() - start) / 1_000_000);
    }
  }

  private static long rssMegabytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException e) {
      return -1;
    }
    return -1;
  }

  private long folderMegabytes() {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()
          >> 20;
    } catch (IOException e) {
      return -1;
    }
  }

  private record Measured(long startNanos, long startCpuNanos) {
    static Measured start() {
      return new Measured(System.nanoTime(), cpuNanos());
    }

    private static long cpuNanos() {
      return ((com.sun.management.OperatingSystemMXBean)
              ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }

    void print(String what, long count) {
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      double cpuMicros = (cpuNanos() - startCpuNanos) / 1e3;
      System.out.printf(
          "%s: %,.0f/s, %.2f us CPU each%n", what, count / seconds, cpuMicros / count);
    }
  }
}
