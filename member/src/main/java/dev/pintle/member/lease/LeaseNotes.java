package dev.pintle.member.lease;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.LeaseCheckpoint;
import dev.pintle.kernel.command.Command.Remaining;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.lease.LeaseImage;
import dev.pintle.member.clock.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The notes of what leases have left, of which a start goes on.
///
/// A lease of [#TTL_SECONDS_MIN] or more whose time ran on by a twentieth, and by [#INTERVAL] at least, since it was granted, renewed
/// or noted, is noted again: so a start gives it no more than that beyond its time, and a lease that is renewed in time is never noted. All
/// leases are looked at once an interval, a bounded number at a time. Renewing a lease that is noted takes the note back first.
///
/// The lock is taken before that of the [LeaseClock].
final class LeaseNotes {
  /// A shorter lease begins anew with every start.
  static final long TTL_SECONDS_MIN = 120;

  static final Duration INTERVAL = Duration.ofSeconds(60);

  private static final int SHARE = 20;
  private static final int LEASES_PER_STEP = 10_000;

  /// So few that the command is a small one: large ones may be overtaken.
  private static final int LEASES_PER_COMMAND = 100;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final LeaseClock leases;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  /// Leases whose note is on its way: guarded by the lock.
  private final Set<Long> underWay = new HashSet<>();

  private volatile @Nullable BiConsumer<Command, Consumer<? super Outcome>> log;

  /// What is still to be looked at in this round; of the clock's thread, as all below.
  private List<Long> round = List.of();

  private int next;
  private long roundBeganNanos;

  LeaseNotes(LeaseClock leases, Clock clock) {
    this.leases = leases;
    this.clock = clock;
  }

  void begin(BiConsumer<Command, Consumer<? super Outcome>> to) {
    roundBeganNanos = clock.nanos();
    log = to;
  }

  /// Looks at some leases, and has noted what is due.
  void step() {
    if (log == null) {
      return;
    }
    if (next == round.size()) {
      long now = clock.nanos();
      if (now - roundBeganNanos < INTERVAL.toNanos()) {
        return;
      }
      roundBeganNanos = now;
      round = leases.root().leases().ids();
      next = 0;
    }
    int to = Math.min(round.size(), next + LEASES_PER_STEP);
    look(round.subList(next, to));
    next = to;
    if (next == round.size()) {
      round = List.of();
      next = 0;
    }
  }

  private void look(List<Long> ids) {
    LeaseImage image = leases.root().leases();
    long[] left = leases.nanosLeft(ids);
    List<Remaining> due = new ArrayList<>();
    for (int i = 0; i < left.length; i++) {
      long id = ids.get(i);
      long ttl = image.ttlSeconds(id).orElse(0L);
      long seconds = (left[i] + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
      long noted = image.remainingSeconds(id) > 0 ? image.remainingSeconds(id) : ttl;
      boolean ran = noted - seconds >= Math.max(INTERVAL.toSeconds(), ttl / SHARE);
      if (ttl >= TTL_SECONDS_MIN && seconds > 0 && ran) {
        due.add(new Remaining(id, seconds));
        if (due.size() == LEASES_PER_COMMAND) {
          note(due);
          due = new ArrayList<>();
        }
      }
    }
    note(due);
  }

  private void note(List<Remaining> due) {
    BiConsumer<Command, Consumer<? super Outcome>> to = log;
    if (due.isEmpty() || to == null) {
      return;
    }
    // Whoever is renewed before this has the lock is not noted; whoever is renewed later takes the
    // note back behind it in the log.
    lock.lock();
    try {
      List<Remaining> still = new ArrayList<>(due.size());
      long[] left = leases.nanosLeft(due.stream().map(Remaining::leaseId).toList());
      for (int i = 0; i < left.length; i++) {
        Remaining lease = due.get(i);
        if (left[i] <= lease.seconds() * NANOS_PER_SECOND) {
          still.add(lease);
          underWay.add(lease.leaseId());
        }
      }
      to.accept(new LeaseCheckpoint(still), outcome -> ended(still));
    } finally {
      lock.unlock();
    }
  }

  private void ended(List<Remaining> due) {
    lock.lock();
    try {
      due.forEach(lease -> underWay.remove(lease.leaseId()));
    } finally {
      lock.unlock();
    }
  }

  /// Has the note of a lease taken back that was just renewed.
  ///
  /// @param done is run once that is durable, or cannot be: then nothing can be made durable, and the lease lives all the same
  /// @return false where there is nothing to take back, and `done` is not run
  boolean takeBack(long id, Runnable done) {
    BiConsumer<Command, Consumer<? super Outcome>> to = log;
    if (to == null || !isNoted(id)) {
      return false;
    }
    to.accept(new LeaseCheckpoint(List.of(new Remaining(id, 0))), outcome -> done.run());
    return true;
  }

  private boolean isNoted(long id) {
    lock.lock();
    try {
      if (underWay.contains(id)) {
        return true;
      }
    } finally {
      lock.unlock();
    }
    return leases.root().leases().remainingSeconds(id) > 0;
  }
}
