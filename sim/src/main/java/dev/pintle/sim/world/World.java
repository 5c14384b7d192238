package dev.pintle.sim.world;

import dev.pintle.member.clock.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/// The simulated time, chance and order. Everything that happens is an event; events of the same time happen in the order
/// in which they were planned, so that a seed tells the whole story.
public final class World {
  private static final int TRACE_LINES_KEPT = 60;
  private static final int TRACE_COLUMNS_MAX = 240;

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final ManualClock clock = new ManualClock();
  private final SplittableRandom random;
  private final CRC32C fingerprint = new CRC32C();
  private final ArrayDeque<String> trace = new ArrayDeque<>();
  private long sequence;

  private record Event(long atNanos, long sequence, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int order = Long.compare(atNanos, other.atNanos);
      return order != 0 ? order : Long.compare(sequence, other.sequence);
    }
  }

  public World(long seed) {
    this.random = new SplittableRandom(seed);
  }

  public ManualClock clock() {
    return clock;
  }

  public long now() {
    return clock.nanos();
  }

  /// Chance for one actor, which no other actor's use of chance disturbs.
  public SplittableRandom chance() {
    return random.split();
  }

  public void after(Duration time, Runnable action) {
    queue.add(new Event(now() + time.toNanos(), sequence++, action));
  }

  /// Lets events happen until `end`; after each, `always` looks whether all is well.
  public void runUntil(Duration end, Runnable always) {
    while (true) {
      Event next = queue.peek();
      if (next == null || next.atNanos > end.toNanos()) {
        break;
      }
      queue.poll();
      clock.advance(Duration.ofNanos(next.atNanos - now()));
      next.action.run();
      always.run();
    }
    clock.advance(Duration.ofNanos(end.toNanos() - now()));
  }

  /// Notes something that happened; it becomes part of the fingerprint.
  public void note(String line) {
    String timed = "%,15d ns  %s".formatted(now(), line);
    fingerprint.update(timed.getBytes(StandardCharsets.UTF_8));
    trace.add(timed.substring(0, Math.min(TRACE_COLUMNS_MAX, timed.length())));
    if (trace.size() > TRACE_LINES_KEPT) {
      trace.remove();
    }
  }

  /// A number that two runs of one seed must agree on.
  public long fingerprint() {
    return fingerprint.getValue();
  }

  /// The last things that happened.
  public String story() {
    return String.join("\n", trace);
  }
}
