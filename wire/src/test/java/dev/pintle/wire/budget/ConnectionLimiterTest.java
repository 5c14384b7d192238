package dev.pintle.wire.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.BeyondClaim;
import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.ShedCounts;
import dev.pintle.wire.time.ManualWireClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimiterTest {
  private final List<String> ended = new ArrayList<>();
  private static final int RESERVED = 4;

  private final ShedCounts shed = new ShedCounts();
  private final ManualWireClock clock = new ManualWireClock();

  private ConnectionLimiter limiter(int all, int client, int greeting) {
    return new ConnectionLimiter(
        new SharedLimits(all, client, RESERVED, greeting, 100, 100, 1000, 1000, 1000, 1000),
        clock,
        shed);
  }

  private ConnectionAccount admit(ConnectionLimiter limiter, String from, String name) {
    clock.advance(Duration.ofSeconds(1));
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(from), 1);
    ConnectionAccount account = limiter.admit(address, true, () -> ended.add(name));
    if (account == null) {
      throw new AssertionError(name + " was not let in");
    }
    return account;
  }

  private ConnectionAccount greeted(ConnectionLimiter limiter, String from, String name) {
    ConnectionAccount account = admit(limiter, from, name);
    account.greeted();
    return account;
  }

  private boolean isRefused(ConnectionLimiter limiter, String from) {
    clock.advance(Duration.ofSeconds(1));
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(from), 1);
    return limiter.admit(address, false, () -> {}) == null;
  }

  @Test
  void theOneThatWaitedLongestMakesRoom() {
    ConnectionLimiter limiter = limiter(3, 3, 3);
    ConnectionAccount first = greeted(limiter, "10.0.0.1", "first");
    greeted(limiter, "10.0.0.2", "second");
    greeted(limiter, "10.0.0.3", "third");
    first.waitingSince(clock.nanos());
    greeted(limiter, "10.0.0.4", "fourth");
    assertThat(ended).containsExactly("second");
    assertThat(limiter.connectionCount()).isEqualTo(3);
  }

  @Test
  void whatIsServedStaysAndTheNewOneIsRefused() {
    ConnectionLimiter limiter = limiter(2, 2, 2);
    greeted(limiter, "10.0.0.1", "first").serving();
    greeted(limiter, "10.0.0.2", "second").serving();
    assertThat(isRefused(limiter, "10.0.0.3")).isTrue();
    assertThat(ended).isEmpty();
  }

  @Test
  void oneClientAtItsLimitGivesUpItsOwnAndNotAnothers() {
    ConnectionLimiter limiter = limiter(10, 2, 10);
    greeted(limiter, "10.0.0.9", "other");
    greeted(limiter, "10.0.0.1", "first");
    greeted(limiter, "10.0.0.1", "second");
    greeted(limiter, "10.0.0.1", "third");
    assertThat(ended).containsExactly("first");
  }

  @Test
  void thoseThatSayNothingGiveWayToThoseThatMay() {
    ConnectionLimiter limiter = limiter(100, 100, 4);
    ConnectionAccount speaking = greeted(limiter, "10.0.0.1", "speaking");
    for (int i = 0; i < 5; i++) {
      admit(limiter, "10.0.0.1", "silent" + i);
    }
    assertThat(ended).containsExactly("silent0", "silent1", "silent2");
    assertThat(speaking.hasEnded()).isFalse();
  }

  @Test
  void aNetworkOfVersion6IsOneClient() {
    ConnectionLimiter limiter = limiter(10, 1, 10);
    greeted(limiter, "2001:db8::1", "first");
    greeted(limiter, "2001:db8::ffff:2", "second");
    greeted(limiter, "2001:db8:0:1::1", "elsewhere");
    assertThat(ended).containsExactly("first");
  }

  @Test
  void aClientWithoutConnectionsIsForgotten() {
    ConnectionLimiter limiter = limiter(10, 10, 10);
    ConnectionAccount account = admit(limiter, "10.0.0.1", "only");
    account.answerBytes().add(1 << 20);
    assertThat(limiter.answerBytesUsed()).isPositive();
    account.closed();
    account.closed();
    assertThat(limiter.clientCount()).isZero();
    assertThat(limiter.connectionCount()).isZero();
    assertThat(limiter.answerBytesUsed()).isZero();
  }

  @Test
  void aClientThatGivesUpItsLastConnectionForANewOneIsStillKnown() {
    ConnectionLimiter limiter = limiter(1, 1, 1);
    greeted(limiter, "10.0.0.1", "first");
    greeted(limiter, "10.0.0.1", "second");
    assertThat(limiter.clientCount()).isEqualTo(1);
    greeted(limiter, "10.0.0.1", "third");
    assertThat(ended).containsExactly("first", "second");
  }

  private static ConnectionLimiter full(ConnectionLimiter limiter, ConnectionAccount... served) {
    for (ConnectionAccount account : served) {
      account.serving();
    }
    return limiter;
  }

  @Test
  void whenAllPlacesAreTakenAFewMaySayWhoTheyAre() {
    ConnectionLimiter limiter = limiter(2, 2, 2);
    full(limiter, greeted(limiter, "10.0.0.1", "one"), greeted(limiter, "10.0.0.2", "two"));
    ConnectionAccount beyond = admit(limiter, "10.0.0.3", "beyond");
    assertThat(beyond.beyond()).isEqualTo(SharedLimit.CONNECTIONS);
    beyond.serving();
    admit(limiter, "10.0.0.3", "again").serving();
    assertThat(isRefused(limiter, "10.0.0.3")).isTrue();
    assertThat(limiter.connectionCount()).isEqualTo(4);
    beyond.closed();
    assertThat(limiter.connectionCount()).isEqualTo(3);
    assertThat(ended).isEmpty();
  }

  @Test
  void aClientWithoutAReservedPlaceTakesOneOfTheClientWithMost() {
    ConnectionLimiter limiter = limiter(2, 2, 2);
    full(limiter, greeted(limiter, "10.0.0.1", "one"), greeted(limiter, "10.0.0.2", "two"));
    for (int i = 0; i < RESERVED; i++) {
      limiter.admit(
          new InetSocketAddress(InetAddress.ofLiteral("10.0.1." + i / 2), 1), true, () -> {});
    }
    ConnectionAccount newcomer = admit(limiter, "10.0.0.9", "newcomer");
    assertThat(newcomer.beyond()).isEqualTo(SharedLimit.CONNECTIONS);
    assertThat(shed.of(SharedLimit.RESERVED_CONNECTIONS)).isOne();
  }

  @Test
  void whoSaysNothingInAReservedPlaceLosesIt() {
    ConnectionLimiter limiter = limiter(1, 1, 1);
    full(limiter, greeted(limiter, "10.0.0.1", "one"));
    admit(limiter, "10.0.0.1", "silent");
    admit(limiter, "10.0.0.1", "silent too");
    clock.advance(Duration.ofSeconds(10));
    admit(limiter, "10.0.0.1", "third");
    assertThat(ended).containsExactly("silent");
  }

  @Test
  void everyOneThatIsEndedOrRefusedCountsUnderItsLimit() {
    ConnectionLimiter limiter = limiter(1, 1, 4);
    ConnectionAccount first = greeted(limiter, "10.0.0.1", "first");
    first.waitingSince(clock.nanos());
    greeted(limiter, "10.0.0.2", "second").serving();
    assertThat(shed.of(SharedLimit.CONNECTIONS)).isOne();
    assertThat(isRefused(limiter, "10.0.0.3")).isTrue();
    assertThat(shed.of(SharedLimit.CONNECTIONS)).isEqualTo(2);
  }

  @Test
  void whoComesFirstIsNotEndedBetweenTwoRequestsWhileOthersWait() {
    ConnectionLimiter limiter = limiter(2, 2, 2);
    greeted(limiter, "10.0.0.1", "administrator").owes(BeyondClaim.CONNECTION);
    greeted(limiter, "10.0.0.2", "other");
    greeted(limiter, "10.0.0.3", "newcomer").serving();
    assertThat(ended).containsExactly("other");
    assertThat(admit(limiter, "10.0.0.4", "beyond").beyond()).isEqualTo(SharedLimit.CONNECTIONS);
    assertThat(ended).containsExactly("other");
  }

  @Test
  void onlySoManyThatComeFirstAreSparedAndEachClientsLatestIs() {
    ConnectionLimiter limiter = limiter(RESERVED + 2, RESERVED + 2, 10);
    greeted(limiter, "10.0.0.1", "alone").owes(BeyondClaim.CONNECTION);
    for (int i = 0; i <= RESERVED; i++) {
      greeted(limiter, "10.0.0.2", "many" + i).owes(BeyondClaim.CONNECTION);
    }
    greeted(limiter, "10.0.0.3", "newcomer").serving();
    assertThat(ended).containsExactly("many0");
  }

  @Test
  void aNewcomerMaySayWhoItIsBeforeAnotherTakesItsPlace() {
    ConnectionLimiter limiter = limiter(2, 2, 2);
    greeted(limiter, "10.0.0.1", "one").serving();
    admit(limiter, "10.0.0.2", "newcomer");
    assertThat(admit(limiter, "10.0.0.3", "another").beyond()).isEqualTo(SharedLimit.CONNECTIONS);
    assertThat(ended).isEmpty();
  }

  private void refuse(ConnectionLimiter limiter, String from) {
    ConnectionAccount account = admit(limiter, from, "refused " + from);
    assertThat(account.isServedBeyond(BeyondClaim.NONE)).isFalse();
    account.closed();
  }

  @Test
  void clientsThatWereRefusedOfLateLeaveHalfOfThePlacesToOthers() {
    ConnectionLimiter limiter = limiter(1, 1, 1);
    full(limiter, greeted(limiter, "10.0.0.1", "one"));
    for (int i = 0; i < RESERVED; i++) {
      refuse(limiter, "10.0.1." + i);
    }
    admit(limiter, "10.0.1.0", "again");
    admit(limiter, "10.0.1.1", "again too");
    assertThat(
            limiter.admit(
                new InetSocketAddress(InetAddress.ofLiteral("10.0.1.2"), 1), true, () -> {}))
        .isNull();
    admit(limiter, "10.0.2.1", "unknown");
    admit(limiter, "10.0.2.2", "unknown too");
    admit(limiter, "10.0.2.3", "takes a place");
    assertThat(ended).containsExactly("again too");
    clock.advance(Duration.ofMinutes(1));
    admit(limiter, "10.0.1.2", "forgotten");
  }

  @Test
  void placesHeldForLongLeaveSomeToClientsThatHoldNone() {
    ConnectionLimiter limiter = limiter(1, 1, 1);
    full(limiter, greeted(limiter, "10.0.0.1", "one"));
    ConnectionAccount first = admit(limiter, "10.0.0.2", "first");
    assertThat(first.isServedBeyond(BeyondClaim.CONNECTION)).isTrue();
    first.serving();
    ConnectionAccount second = admit(limiter, "10.0.0.2", "second");
    assertThat(second.isServedBeyond(BeyondClaim.CONNECTION)).isFalse();
    second.closed();
    ConnectionAccount other = admit(limiter, "10.0.0.3", "other");
    assertThat(other.isServedBeyond(BeyondClaim.CONNECTION)).isTrue();
    other.closed();
    ConnectionAccount health = admit(limiter, "10.0.0.4", "health");
    assertThat(health.isServedBeyond(BeyondClaim.ANSWER)).isTrue();
  }

  @Test
  void whoHasMostOfThoseThatSayNothingGivesWayFirst() {
    ConnectionLimiter limiter = limiter(100, 100, 8);
    admit(limiter, "10.0.0.1", "alone");
    for (int i = 0; i < 4; i++) {
      admit(limiter, "10.0.0.2", "many" + i);
    }
    for (int i = 0; i < 3; i++) {
      admit(limiter, "10.0.0.3", "some" + i);
    }
    admit(limiter, "10.0.0.4", "newcomer");
    admit(limiter, "10.0.0.5", "newcomer too");
    assertThat(ended).containsExactly("many0", "some0");
  }

  @Test
  void whoIsKnownToSayNothingEndsNobodyElse() {
    ConnectionLimiter limiter = limiter(100, 100, 2);
    admit(limiter, "10.0.0.1", "silent");
    admit(limiter, "10.0.0.1", "silent too");
    admit(limiter, "10.0.0.2", "other");
    admit(limiter, "10.0.0.3", "another");
    assertThat(ended).containsExactly("silent", "silent too");
    assertThat(admit(limiter, "10.0.0.1", "again").beyond())
        .isEqualTo(SharedLimit.GREETING_CONNECTIONS);
    assertThat(ended).hasSize(2);
  }

  @Test
  void fromWhereAnAdministratorAskedANewcomerComesBeforeOthers() {
    ConnectionLimiter limiter = limiter(10, 10, 4);
    ConnectionAccount administrator = greeted(limiter, "10.0.0.1", "administrator");
    administrator.owes(BeyondClaim.CONNECTION);
    administrator.serving();
    admit(limiter, "10.0.0.1", "new");
    admit(limiter, "10.0.0.2", "one");
    admit(limiter, "10.0.0.3", "two");
    admit(limiter, "10.0.0.4", "three");
    admit(limiter, "10.0.0.5", "four");
    admit(limiter, "10.0.0.1", "new too");
    assertThat(ended).containsExactly("one", "two");
  }

  @Test
  void whoIsOwedAConnectionGetsTheNextPlaceThatIsFree() {
    ConnectionLimiter limiter = limiter(1, 1, 1);
    ConnectionAccount one = greeted(limiter, "10.0.0.1", "one");
    one.serving();
    ConnectionAccount first = admit(limiter, "10.0.0.2", "first");
    assertThat(first.isServedBeyond(BeyondClaim.CONNECTION)).isTrue();
    assertThat(first.beyond()).isEqualTo(SharedLimit.CONNECTIONS);
    one.closed();
    assertThat(first.beyond()).isNull();
    assertThat(first.isServedBeyond(BeyondClaim.NONE)).isTrue();
    assertThat(limiter.connectionCount()).isOne();
    first.closed();
    assertThat(limiter.connectionCount()).isZero();
    assertThat(limiter.clientCount()).isZero();
  }

  @Test
  void whoIsOwedAConnectionKeepsItWhateverIsAskedNext() {
    ConnectionLimiter limiter = limiter(1, 1, 1);
    full(limiter, greeted(limiter, "10.0.0.1", "one"));
    ConnectionAccount first = admit(limiter, "10.0.0.2", "first");
    assertThat(first.isServedBeyond(BeyondClaim.CONNECTION)).isTrue();
    assertThat(first.isServedBeyond(BeyondClaim.ANSWER)).isTrue();
    assertThat(first.isServedBeyond(BeyondClaim.CONNECTION)).isTrue();
    assertThat(first.isServedBeyond(BeyondClaim.NONE)).isFalse();
  }

  @Test
  void whoAsksForHealthTakesTheShareOfTheirKindFromAdministrators() {
    ConnectionLimiter limiter = limiter(100, 100, 16);
    ConnectionAccount health = greeted(limiter, "10.0.0.1", "health");
    health.owes(BeyondClaim.ANSWER);
    health.closed();
    for (int i = 0; i < 16; i++) {
      ConnectionAccount administrator = greeted(limiter, "10.0.1." + i, "administrator" + i);
      administrator.owes(BeyondClaim.CONNECTION);
      admit(limiter, "10.0.1." + i, "new" + i);
    }
    admit(limiter, "10.0.0.1", "health one");
    admit(limiter, "10.0.0.1", "health two");
    admit(limiter, "10.0.1.0", "again");
    assertThat(ended).containsExactly("new0", "new1", "new2");
  }
}
