package dev.pintle.wire.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.time.ManualWireClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimiterTest {
  private final List<String> ended = new ArrayList<>();
  private final ManualWireClock clock = new ManualWireClock();

  private ConnectionLimiter limiter(int all, int client, int greeting) {
    return new ConnectionLimiter(
        new SharedLimits(all, client, greeting, 100, 100, 1000, 1000, 1000, 1000), clock);
  }

  private ConnectionAccount admit(ConnectionLimiter limiter, String from, String name) {
    clock.advance(Duration.ofSeconds(1));
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(from), 1);
    ConnectionAccount account = limiter.admit(address, () -> ended.add(name));
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
    return limiter.admit(address, () -> {}) == null;
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
}
