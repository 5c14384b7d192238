package dev.pintle.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.LeakWatch;
import dev.pintle.wire.time.WireClock;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTurnTest {
  private final EventLoops loops = EventLoops.startOnNio(1);
  private final EventLoop loop = loops.group().next();
  private final LoopTurn turn = new LoopTurn(loop, WireClock.SYSTEM);
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    loops.close();
  }

  /// Keeps the loop busy until the returned latch is counted down.
  private CountDownLatch hold() {
    CountDownLatch release = new CountDownLatch(1);
    loop.execute(() -> {
      try {
        release.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    });
    return release;
  }

  private void awaitLoop() {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    loop.execute(() -> loop.execute(() -> reached.complete(null)));
    reached.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void whatOneThreadHandsOverRunsInOrderAndBeforeItsLaterTasks() {
    CountDownLatch release = hold();
    for (int i = 0; i < 5; i++) {
      String name = "work " + i;
      turn.run(() -> seen.add(name));
    }
    loop.execute(() -> seen.add("task"));
    turn.run(() -> seen.add("work 5"));
    release.countDown();
    awaitLoop();
    assertThat(seen)
        .containsExactly("work 0", "work 1", "work 2", "work 3", "work 4", "work 5", "task");
  }

  @Test
  void aBurstEndsWithOneFlush() {
    AtomicInteger flushes = new AtomicInteger();
    CountDownLatch release = hold();
    turn.run(() -> turn.flushLater(() -> seen.add("flush " + flushes.incrementAndGet())));
    for (int i = 0; i < 100; i++) {
      turn.run(() -> seen.add("work"));
    }
    release.countDown();
    awaitLoop();
    assertThat(seen).hasSize(101).endsWith("flush 1");
  }

  @Test
  void aFaultDoesNotStopTheOthers() {
    CountDownLatch release = hold();
    turn.run(() -> {
      throw new IllegalStateException("on purpose");
    });
    turn.run(() -> seen.add("after"));
    release.countDown();
    awaitLoop();
    assertThat(seen).containsExactly("after");
    assertThat(LeakWatch.awaitFault()).hasMessage("on purpose");
  }

  @Test
  void whatAnEndedLoopCannotRunIsDiscarded() {
    loops.close();
    turn.handOver(
        new Handoff() {
          @Override
          protected void run() {
            seen.add("run");
          }

          @Override
          protected void discard() {
            seen.add("discarded");
          }
        });
    assertThat(seen).containsExactly("discarded");
  }

  @Test
  void aGateOpensWhenWhatWasHandedOverHasArrived() {
    OutboundGate gate = new OutboundGate(10);
    gate.handing(6);
    assertThat(gate.isOpen()).isTrue();
    gate.handing(6);
    assertThat(gate.isOpen()).isFalse();
    assertThat(gate.arrived(6)).isTrue();
    assertThat(gate.isOpen()).isTrue();
    assertThat(gate.arrived(6)).isFalse();
  }

  @Test
  void aClosedGateTellsWhenItOpens() {
    OutboundGate gate = new OutboundGate(10);
    gate.onOpen(() -> seen.add("open"));
    assertThat(gate.set(false)).isFalse();
    gate.announce();
    assertThat(seen).isEmpty();
    assertThat(gate.set(true)).isTrue();
    gate.announce();
    assertThat(seen).containsExactly("open");
  }
}
