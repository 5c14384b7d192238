package dev.pintle.kernel.lease;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The order in which leases run out. Time is a count of ticks that the owner passes in; what a tick is, only the owner
/// knows.
///
/// Leases are renewed all the time and rarely expire, so renewing only notes the later deadline; the lease's place in the
/// queue is put right when its old place comes up. Belongs to one thread.
public final class ExpiryQueue {
  private final Map<Long, Timer> timers = new HashMap<>();
  private final PriorityQueue<Place> queue = new PriorityQueue<>();

  private static final class Timer {
    long deadline;

    /// Where the lease stands in the queue, never after its deadline.
    long queued;
  }

  private record Place(long deadline, long id) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int order = Long.compare(deadline, other.deadline);
      return order != 0 ? order : Long.compare(id, other.id);
    }
  }

  public int size() {
    return timers.size();
  }

  /// Sets, or moves, the tick at which lease `id` expires.
  public void schedule(long id, long deadline) {
    Timer timer = timers.get(id);
    if (timer == null) {
      timer = new Timer();
      timers.put(id, timer);
      timer.queued = Long.MAX_VALUE;
    }
    timer.deadline = deadline;
    if (deadline < timer.queued) {
      enqueue(id, timer);
    }
  }

  private void enqueue(long id, Timer timer) {
    timer.queued = timer.deadline;
    queue.add(new Place(timer.queued, id));
  }

  public void cancel(long id) {
    timers.remove(id);
  }

  public OptionalLong deadline(long id) {
    Timer timer = timers.get(id);
    return timer == null ? OptionalLong.empty() : OptionalLong.of(timer.deadline);
  }

  /// A tick before which nothing expires; empty when nothing ever does.
  public OptionalLong nextDeadline() {
    Place first = queue.peek();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.deadline);
  }

  /// Takes out leases whose deadline is at or before `now`, oldest first, and hands them to `expired`.
  ///
  /// @param most how many at once
  /// @return how many there were
  public int expire(long now, int most, LongConsumer expired) {
    int count = 0;
    for (Place first = queue.peek();
        count < most && first != null && first.deadline <= now;
        first = queue.peek()) {
      queue.poll();
      if (isExpired(first, now)) {
        timers.remove(first.id);
        expired.accept(first.id);
        count++;
      }
    }
    return count;
  }

  private boolean isExpired(Place place, long now) {
    @Nullable Timer timer = timers.get(place.id);
    if (timer == null || timer.queued != place.deadline) {
      return false;
    }
    if (timer.deadline <= now) {
      return true;
    }
    enqueue(place.id, timer);
    return false;
  }
}
