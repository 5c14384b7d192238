package dev.pintle.wire.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.BeyondClaim;
import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.ShedCounts;
import dev.pintle.wire.time.ManualWireClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Thousands of clients who come again and again to the gate of a small heap, in time that is made, and beside them an administrator
/// and somebody who asks whether the server is well, each from an address of their own.
class CrowdedEntranceTest {
  private static final int CLIENTS = 10_000;
  private static final int SECONDS = 20;
  private static final int AGAIN_MILLIS = 500;
  private static final int SILENT_MILLIS = 10_000;
  private static final int PACE_MILLIS = 50;
  private static final int STRANGER_MILLIS = 5000;
  private static final int CONNECTS_PER_MILLI = 2;

  /// Of hundreds, how many of an administrator's may meet as many others where somebody is heard.
  private static final int AMONG_EQUALS_MAX = 4;

  private static final SharedLimits LIMITS = SharedLimits.of(128L << 20, 20_000);
  private static final InetAddress ADMINISTRATOR = InetAddress.ofLiteral("10.9.9.9");
  private static final InetAddress STRANGER = InetAddress.ofLiteral("10.9.9.11");
  private static final InetAddress HEALTH = InetAddress.ofLiteral("10.9.9.10");

  /// What the many do once they are let in.
  enum Habit {
    /// Never ends what it asked for.
    WATCHING,
    /// Asks, and stays to ask again.
    STAYING,
    /// Asks for something that takes a second, and goes.
    LISTING,
    /// Never says what it wants.
    SILENT,
    /// Asks whether the server is well, and stays to ask again.
    PROBING,
    /// Watches, and is owed it.
    ADMINISTRATORS,
    /// Asks for something that takes a second, is owed it, and goes.
    LISTING_ADMINISTRATORS
  }

  private final SplittableRandom random = new SplittableRandom(7);
  private final ManualWireClock clock = new ManualWireClock();
  private final ConnectionLimiter limiter = new ConnectionLimiter(LIMITS, clock, new ShedCounts());
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atMillis).thenComparingInt(Event::number));
  private long nowMillis;
  private long connectedMillis;
  private int numbers;
  private int unservedAdministrator;
  private int unservedHealth;
  private int unservedStranger;

  private record Event(long atMillis, int number, Runnable what) {}

  /// One connection, as its client sees it.
  private final class Visit {
    private final @Nullable ConnectionAccount account;
    private boolean ended;

    private Visit(InetAddress from) {
      // The end comes back on another thread of a real server: a moment later.
      account = limiter.admit(new InetSocketAddress(from, 1), true, () -> ended = true);
      ended = account == null;
    }

    private ConnectionAccount account() {
      return Objects.requireNonNull(account);
    }

    private void leave() {
      if (account != null) {
        account.closed();
      }
    }
  }

  private void in(long millis, Runnable what) {
    events.add(new Event(nowMillis + millis, numbers++, what));
  }

  private void run() {
    while (!events.isEmpty() && events.peek().atMillis() < SECONDS * 1000L) {
      Event next = events.remove();
      clock.advance(Duration.ofMillis(next.atMillis() - nowMillis));
      nowMillis = next.atMillis();
      next.what().run();
    }
  }

  /// A handshake, on a machine that has much to do.
  private int handshakeMillis() {
    return random.nextInt(20, 80);
  }

  private void crowd(Habit habit, int addresses, boolean version6) {
    for (int i = 0; i < CLIENTS; i++) {
      InetAddress from = address(i % addresses, version6);
      in(random.nextInt(AGAIN_MILLIS), () -> come(habit, from));
    }
  }

  private static InetAddress address(int number, boolean version6) {
    byte[] bytes =
        version6
            ? ByteBuffer.allocate(16).putInt(0x20010db8).putInt(number).putLong(1).array()
            : ByteBuffer.allocate(4).putInt(10 << 24 | number + 1).array();
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void come(Habit habit, InetAddress from) {
    // The machine takes only so many in a moment; the others wait in the kernel.
    connectedMillis = Math.max(connectedMillis, nowMillis * CONNECTS_PER_MILLI) + 1;
    in(connectedMillis / CONNECTS_PER_MILLI - nowMillis, () -> meet(habit, from));
  }

  private void meet(Habit habit, InetAddress from) {
    Visit visit = new Visit(from);
    Runnable again = () -> leaveAndComeAgain(visit, habit, from);
    if (visit.ended) {
      again.run();
    } else if (habit == Habit.SILENT) {
      lookAgain(visit, again, SILENT_MILLIS);
    } else {
      in(handshakeMillis(), () -> ask(visit, habit, again));
    }
  }

  private void leaveAndComeAgain(Visit visit, Habit habit, InetAddress from) {
    visit.leave();
    in(AGAIN_MILLIS, () -> come(habit, from));
  }

  private void ask(Visit visit, Habit habit, Runnable again) {
    BeyondClaim claim =
        isFirst(habit)
            ? BeyondClaim.CONNECTION
            : habit == Habit.PROBING ? BeyondClaim.ANSWER : BeyondClaim.NONE;
    if (visit.ended || !isServed(visit, claim)) {
      again.run();
      return;
    }
    visit.account().owes(claim);
    switch (habit) {
      case WATCHING, ADMINISTRATORS -> {}
      case LISTING, LISTING_ADMINISTRATORS -> in(1000, again);
      case STAYING, SILENT, PROBING -> {
        visit.account().waitingSince(clock.nanos());
        lookAgain(visit, again, SECONDS * 1000);
      }
    }
  }

  private static boolean isFirst(Habit habit) {
    return habit == Habit.ADMINISTRATORS || habit == Habit.LISTING_ADMINISTRATORS;
  }

  private void lookAgain(Visit visit, Runnable again, int forMillis) {
    if (visit.ended || forMillis <= 0) {
      again.run();
    } else {
      in(AGAIN_MILLIS, () -> lookAgain(visit, again, forMillis - AGAIN_MILLIS));
    }
  }

  private static boolean isServed(Visit visit, BeyondClaim claim) {
    visit.account().greeted();
    visit.account().serving();
    return visit.account().beyond() == null || visit.account().isServedBeyond(claim);
  }

  // Those who must be served.

  private void keep(InetAddress from) {
    Visit kept = new Visit(from);
    kept.account().greeted();
    kept.account().owes(BeyondClaim.CONNECTION);
    kept.account().waitingSince(clock.nanos());
    in(PACE_MILLIS, () -> askAgain(kept));
  }

  private void askAgain(Visit kept) {
    if (kept.ended) {
      unservedAdministrator++;
      return;
    }
    kept.account().serving();
    kept.account().waitingSince(clock.nanos());
    in(PACE_MILLIS, () -> askAgain(kept));
  }

  private void anew(InetAddress from, BeyondClaim claim) {
    in(PACE_MILLIS, () -> anew(from, claim));
    Visit visit = new Visit(from);
    if (visit.ended) {
      unserved(from);
      return;
    }
    in(
        handshakeMillis(),
        () -> {
          if (visit.ended || !isServed(visit, claim)) {
            unserved(from);
          } else {
            visit.account().owes(claim);
          }
          visit.leave();
        });
  }

  private void unserved(InetAddress from) {
    if (from.equals(ADMINISTRATOR)) {
      unservedAdministrator++;
    } else if (from.equals(HEALTH)) {
      unservedHealth++;
    } else {
      unservedStranger++;
    }
  }

  private void judge(Habit habit, int addresses, boolean version6) {
    keep(ADMINISTRATOR);
    anew(ADMINISTRATOR, BeyondClaim.CONNECTION);
    in(7, () -> anew(HEALTH, BeyondClaim.ANSWER));
    in(STRANGER_MILLIS, () -> anew(STRANGER, BeyondClaim.ANSWER));
    in(11, () -> anew(HEALTH, BeyondClaim.ANSWER));
    crowd(habit, addresses, version6);
    run();
    assertThat(limiter.connectionCount())
        .isLessThanOrEqualTo(LIMITS.connectionsMax() + LIMITS.reservedConnectionsMax());
    assertThat(unservedHealth).as("questions of health").isZero();
    assertThat(unservedStranger)
        .as("questions of somebody who came later")
        .isLessThanOrEqualTo(isFirst(habit) ? AMONG_EQUALS_MAX : 0);
    if (isFirst(habit) && addresses > LIMITS.reservedConnectionsMax() / 2) {
      return; // more administrators than there are places for them, each as good as the other
    }
    int among = isFirst(habit) ? AMONG_EQUALS_MAX : 0;
    assertThat(unservedAdministrator)
        .as("requests of the administrator")
        .isLessThanOrEqualTo(among);
  }

  @ParameterizedTest
  @EnumSource
  void fromOneAddress(Habit habit) {
    judge(habit, 1, false);
  }

  @ParameterizedTest
  @EnumSource
  void fromManyAddresses(Habit habit) {
    judge(habit, 64, false);
  }

  @ParameterizedTest
  @EnumSource
  void fromMoreAddressesThanThereArePlaces(Habit habit) {
    judge(habit, 2000, true);
  }
}
