package dev.pintle.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.time.ManualWireClock;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadTurnsTest {
  private static final Duration DEAR = Duration.ofMillis(1);
  private static final Duration CHEAP = Duration.ofNanos(10_000);

  private final ManualWireClock clock = new ManualWireClock();
  private final EmbeddedChannel owner = new EmbeddedChannel();
  private final LoopTurn turn = new LoopTurn(owner.eventLoop(), clock);
  private final List<EmbeddedChannel> open = new ArrayList<>(List.of(owner));

  @AfterEach
  void close() {
    open.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  private EmbeddedChannel connection(Duration costOfARead) {
    EmbeddedChannel connection = new EmbeddedChannel();
    open.add(connection);
    connection
        .pipeline()
        .addLast(
            new ReadShare(turn, connection),
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext ctx, Object read) {
                clock.advance(costOfARead);
              }
            });
    return connection;
  }

  private static boolean isRead(EmbeddedChannel connection) {
    return connection.config().isAutoRead();
  }

  private static void read(EmbeddedChannel connection) {
    connection.writeInbound("bytes");
  }

  private void nextRound() {
    owner.runScheduledPendingTasks();
  }

  /// Connections that have used up their share, in the order in which they wait for their turns.
  private List<EmbeddedChannel> waiting(int count) {
    Deque<EmbeddedChannel> reading = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      reading.add(connection(DEAR));
    }
    List<EmbeddedChannel> waiting = new ArrayList<>();
    while (!reading.isEmpty()) {
      EmbeddedChannel next = reading.remove();
      read(next);
      (isRead(next) ? reading : waiting).add(next);
    }
    return waiting;
  }

  @Test
  void aConnectionIsReadAgainAndAgainWhileTheLoopHasTime() {
    EmbeddedChannel alone = connection(DEAR);
    for (int i = 0; i < 50; i++) {
      read(alone);
      assertThat(isRead(alone)).isTrue();
      nextRound();
    }
  }

  @Test
  void whatUsedUpItsShareIsReadForAMillisecondARoundInTurn() {
    List<EmbeddedChannel> dear = waiting(4);

    for (int round = 0; round < 12; round++) {
      nextRound();
      EmbeddedChannel served = dear.get(round % 4);
      assertThat(dear.stream().filter(ReadTurnsTest::isRead)).containsExactly(served);
      read(served);
      assertThat(isRead(served)).isFalse();
    }
  }

  @Test
  void whatIsWithinItsShareIsReadWheneverItSends() {
    EmbeddedChannel small = connection(CHEAP);
    waiting(4);
    for (int i = 0; i < 100; i++) {
      read(small);
      clock.advance(Duration.ofMillis(1));
      assertThat(isRead(small)).isTrue();
    }
  }

  @Test
  void aTurnThatAConnectionDoesNotUseHoldsNobodyUp() {
    List<EmbeddedChannel> dear = waiting(3);
    nextRound();
    nextRound();
    nextRound();
    assertThat(dear).allMatch(ReadTurnsTest::isRead);
  }

  @Test
  void oneLongReadIsForgivenSoon() {
    EmbeddedChannel stopped = connection(Duration.ofSeconds(10));
    read(stopped);
    waiting(4);
    clock.advance(Duration.ofMillis(25));
    assertThat(isRead(stopped)).isTrue();
    read(stopped);
    assertThat(isRead(stopped)).isTrue();
  }

  @Test
  void aProtocolThatWantsNothingIsNotReadInItsTurn() {
    EmbeddedChannel dear = waiting(1).getFirst();
    ReadShare.want(dear, false);
    nextRound();
    assertThat(isRead(dear)).isFalse();
    ReadShare.want(dear, true);
    assertThat(isRead(dear)).isTrue();
  }

  @Test
  void aProtocolThatWantsMoreWaitsForItsTurn() {
    EmbeddedChannel dear = waiting(1).getFirst();
    ReadShare.want(dear, true);
    assertThat(isRead(dear)).isFalse();
    nextRound();
    assertThat(isRead(dear)).isTrue();
  }
}
