package dev.pintle.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OneShotEventTest {
  private final OneShotEvent<Runnable> event = new OneShotEvent<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void everyListenerIsToldOnceInTheOrderInWhichTheyCame() {
    event.listen(() -> told.add("first"));
    event.listen(() -> told.add("second"));
    assertThat(told).isEmpty();
    event.happen(Runnable::run);
    event.happen(Runnable::run);
    assertThat(told).containsExactly("first", "second");
  }

  @Test
  void aListenerThatComesAfterwardsIsNotTaken() {
    assertThat(event.listen(() -> told.add("early"))).isTrue();
    event.happen(Runnable::run);
    assertThat(event.listen(() -> told.add("late"))).isFalse();
    event.happen(Runnable::run);
    assertThat(told).containsExactly("early");
  }

  @Test
  void aListenerThatComesWhileOthersAreToldIsNotTaken() {
    event.listen(() -> told.add("taken: " + event.listen(() -> told.add("within"))));
    event.happen(Runnable::run);
    assertThat(told).containsExactly("taken: false");
  }

  @Test
  void ofListenersThatCameFromManyThreadsEachIsToldOnceOrNotTaken() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger heard = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int j = 0; j < 10_000; j++) {
                  if (event.listen(heard::incrementAndGet)) {
                    taken.incrementAndGet();
                  }
                }
              }));
    }
    event.happen(Runnable::run);
    for (Thread each : threads) {
      each.join();
    }
    assertThat(heard.get()).isEqualTo(taken.get());
  }

  @Test
  void aListenerThatFailsIsReportedAndKeepsNobodyFromHearing() throws Exception {
    List<Throwable> reported = new ArrayList<>();
    Thread thread =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, fault) -> reported.add(fault))
            .start(() -> {
              event.listen(() -> {
                throw new IllegalStateException("on purpose");
              });
              event.listen(() -> told.add("second"));
              event.happen(Runnable::run);
            });
    thread.join();
    assertThat(told).containsExactly("second");
    assertThat(reported).singleElement().isInstanceOf(IllegalStateException.class);
  }
}
