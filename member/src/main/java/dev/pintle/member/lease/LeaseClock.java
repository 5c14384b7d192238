package dev.pintle.member.lease;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.lease.ExpiryQueue;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.kernel.watch.Delta;
import dev.pintle.member.LeaseKeeper;
import dev.pintle.member.clock.Clock;
import dev.pintle.member.core.Observer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// The clock that counts down every lease on this member. A start gives each lease what was noted last that it had left, and where
/// nothing is noted all that was granted: the time while the member was away is nobody's, so that it takes no lease from a client that
/// could not renew it. [LeaseNotes] says what is noted.
///
/// One lock protects the queue of deadlines and what was granted; nothing is called while it is held.
public final class LeaseClock implements LeaseKeeper, Observer {
  /// Ends asked for in one step; the next step follows after [#PAUSE].
  public static final int REVOKES_PER_STEP = 1000;

  /// How long to wait when there is more to end than may be under way; who is told of ends looks again before.
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// A lease still there so long after its end was asked for is asked for again.
  static final Duration RETRY = Duration.ofSeconds(2);

  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofMillis(500);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// Beyond this a deadline is not counted in nanoseconds; 292 years. What may be granted is less.
  private static final long TTL_SECONDS_COUNTED_MAX = Long.MAX_VALUE / NANOS_PER_SECOND;

  private final Clock clock;
  private final LongSupplier ids;
  private final long startNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final ExpiryQueue alive = new ExpiryQueue();

  /// Leases whose end was asked for, until it comes or is asked for again.
  private final ExpiryQueue ending = new ExpiryQueue();

  private final Map<Long, Long> ttlSeconds = new HashMap<>();
  private final LeaseNotes notes;
  private volatile KeyspaceRoot root;

  /// @param root the state to begin with
  /// @param ids answers numbers that are not likely to come twice
  public LeaseClock(Clock clock, KeyspaceRoot root, LongSupplier ids) {
    this.clock = clock;
    this.root = root;
    this.ids = ids;
    this.startNanos = clock.nanos();
    this.notes = new LeaseNotes(this, clock);
    for (long id : root.leases().ids()) {
      grant(id, root.leases().ttlSeconds(id).orElseThrow());
      long noted = root.leases().remainingSeconds(id);
      if (noted > 0) {
        shorten(id, noted * NANOS_PER_SECOND);
      }
    }
  }

  /// Has what leases have left noted from now on.
  ///
  /// @param log takes commands, as [dev.pintle.member.Member#submit]
  public void noteBy(BiConsumer<Command, Consumer<? super Outcome>> log) {
    notes.begin(log);
  }

  KeyspaceRoot root() {
    return root;
  }

  /// A clock of the same leases, each with the time that it has left at `origin`; one whose time is over there ends at once.
  ///
  /// @param root that of a member that began with what the other has published
  public static LeaseClock branch(
      LeaseClock origin, Clock clock, KeyspaceRoot root, LongSupplier ids) {
    LeaseClock branch = new LeaseClock(clock, root, ids);
    root.leases().ids().forEach(id -> branch.shorten(id, origin.nanosLeft(id)));
    return branch;
  }

  private void shorten(long id, long nanosLeft) {
    lock.lock();
    try {
      alive.cancel(id);
      alive.schedule(id, now() + nanosLeft);
    } finally {
      lock.unlock();
    }
  }

  /// What each of `ids` has left, in the same order: 0 for one that is over, or that there is not.
  long[] nanosLeft(List<Long> ids) {
    long[] left = new long[ids.size()];
    lock.lock();
    try {
      long now = now();
      for (int i = 0; i < left.length; i++) {
        left[i] = deadline(ids.get(i), now).orElse(now) - now;
      }
    } finally {
      lock.unlock();
    }
    return left;
  }

  /// 0 for one that is over, or that there is not.
  private long nanosLeft(long id) {
    lock.lock();
    try {
      long now = now();
      return deadline(id, now).orElse(now) - now;
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return clock.nanos() - startNanos;
  }

  private static long after(long now, long ttlSeconds) {
    long ttlNanos = Math.min(ttlSeconds, TTL_SECONDS_COUNTED_MAX) * NANOS_PER_SECOND;
    return now > Long.MAX_VALUE - ttlNanos ? Long.MAX_VALUE : now + ttlNanos;
  }

  private void grant(long id, long ttl) {
    lock.lock();
    try {
      ttlSeconds.put(id, ttl);
      alive.schedule(id, after(now(), ttl));
    } finally {
      lock.unlock();
    }
  }

  private void forget(long id) {
    lock.lock();
    try {
      ttlSeconds.remove(id);
      alive.cancel(id);
      ending.cancel(id);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void applied(Command command, Outcome outcome) {
    if (outcome instanceof Outcome.LeaseGranted lease) {
      grant(lease.id(), lease.ttlSeconds());
    } else if (command instanceof Command.LeaseRevoke(long id)
        && (outcome instanceof Outcome.LeaseRevoked
            || outcome instanceof Outcome.Refused.LeaseNotFound)) {
      forget(id);
    }
  }

  @Override
  public void published(KeyspaceRoot newRoot, List<Delta> deltas) {
    root = newRoot;
  }

  /// Notes what some leases have left, where that is due.
  public void noteStep() {
    notes.step();
  }

  /// Asks `revoke` to end the leases whose time is over, a bounded number of them; answers in how many nanoseconds to call
  /// again at the latest.
  public long step(LongConsumer revoke) {
    return step(REVOKES_PER_STEP, revoke);
  }

  /// As [#step(LongConsumer)].
  ///
  /// @param most how many at once; 0 or less for none
  public long step(int most, LongConsumer revoke) {
    if (most <= 0) {
      return PAUSE.toNanos();
    }
    long now = now();
    TreeSet<Long> over = new TreeSet<>();
    OptionalLong next;
    lock.lock();
    try {
      int again = ending.expire(now, most, over::add);
      alive.expire(now, most - again, over::add);
      for (long id : over) {
        ending.schedule(id, now + RETRY.toNanos());
      }
      next = alive.nextDeadline();
    } finally {
      lock.unlock();
    }
    over.forEach(revoke::accept);
    if (over.size() >= most) {
      return PAUSE.toNanos();
    }
    long untilNext = next.isPresent() ? Math.max(1, next.getAsLong() - now) : Long.MAX_VALUE;
    return Math.min(untilNext, LOOK_AT_LEAST_EVERY.toNanos());
  }

  /// Leases that are there although their time is over, whether or not their end was asked for; so many at most.
  public List<Long> over(int most) {
    lock.lock();
    try {
      long now = now();
      return ttlSeconds.keySet().stream()
          .filter(id -> deadline(id, now).isEmpty())
          .limit(most)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// The deadline of a lease whose time is not over; the lock is held.
  private OptionalLong deadline(long id, long now) {
    OptionalLong deadline = alive.deadline(id);
    return deadline.isPresent() && deadline.getAsLong() > now ? deadline : OptionalLong.empty();
  }

  @Override
  public Optional<Long> keepAlive(long id) {
    lock.lock();
    try {
      long now = now();
      Long ttl = ttlSeconds.get(id);
      if (ttl == null || deadline(id, now).isEmpty()) {
        return Optional.empty();
      }
      alive.schedule(id, after(now, ttl));
      return Optional.of(ttl);
    } finally {
      lock.unlock();
    }
  }

  /// A renewal takes back what is noted before it is answered: else a start would give the lease less than its client was told.
  @Override
  public void keepAlive(long id, LongConsumer answered) {
    Optional<Long> ttl = keepAlive(id);
    if (ttl.isEmpty() || !notes.takeBack(id, () -> answered.accept(ttl.get()))) {
      answered.accept(ttl.orElse(0L));
    }
  }

  @Override
  public Optional<TimeToLive> timeToLive(long id, boolean keys) {
    long remaining;
    Long ttl;
    lock.lock();
    try {
      long now = now();
      ttl = ttlSeconds.get(id);
      OptionalLong deadline = deadline(id, now);
      if (ttl == null || deadline.isEmpty()) {
        return Optional.empty();
      }
      remaining = (deadline.getAsLong() - now) / NANOS_PER_SECOND;
    } finally {
      lock.unlock();
    }
    List<Bytes> attached = keys ? root.leases().keys(id) : List.of();
    return Optional.of(new TimeToLive(id, ttl, remaining, attached));
  }

  @Override
  public OptionalLong remainingSeconds(long id) {
    lock.lock();
    try {
      long now = now();
      OptionalLong deadline = deadline(id, now);
      return deadline.isEmpty()
          ? deadline
          : OptionalLong.of((deadline.getAsLong() - now) / NANOS_PER_SECOND);
    } finally {
      lock.unlock();
    }
  }

  /// The moment at which a lease runs out, as long as it is not renewed.
  private record Expiry(long deadline, long id) implements Comparable<Expiry> {
    @Override
    public int compareTo(Expiry other) {
      int order = Long.compare(deadline, other.deadline);
      return order != 0 ? order : Long.compare(id, other.id);
    }
  }

  @Override
  public List<Long> ids() {
    lock.lock();
    try {
      long now = now();
      List<Expiry> order = new ArrayList<>(ttlSeconds.size());
      for (long id : ttlSeconds.keySet()) {
        order.add(new Expiry(deadline(id, now).orElse(now), id));
      }
      Collections.sort(order);
      return order.stream().map(Expiry::id).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long newId() {
    while (true) {
      long id = ids.getAsLong() & Long.MAX_VALUE;
      if (id != 0 && !root.leases().contains(id)) {
        return id;
      }
    }
  }
}
