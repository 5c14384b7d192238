package dev.pintle.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OneShotEventTest {
  private final Owner owner = new Owner();

  /// An owner of an event.
  private static final class Owner {
    private static final OneShotEvent<Owner, Runnable> EVENT =
        new OneShotEvent<>(
            AtomicReferenceFieldUpdater.newUpdater(Owner.class, Object.class, "listeners"));

    private volatile @Nullable Object listeners;
  }

  private final List<String> told = new ArrayList<>();

  @Test
  void everyListenerIsToldOnceInTheOrderInWhichTheyCame() {
    Owner.EVENT.listen(owner, () -> told.add("first"));
    Owner.EVENT.listen(owner, () -> told.add("second"));
    assertThat(told).isEmpty();
    Owner.EVENT.happen(owner, Runnable::run);
    Owner.EVENT.happen(owner, Runnable::run);
    assertThat(told).containsExactly("first", "second");
  }

  @Test
  void aListenerThatComesAfterwardsIsNotTaken() {
    assertThat(Owner.EVENT.listen(owner, () -> told.add("early"))).isTrue();
    Owner.EVENT.happen(owner, Runnable::run);
    assertThat(Owner.EVENT.listen(owner, () -> told.add("late"))).isFalse();
    Owner.EVENT.happen(owner, Runnable::run);
    assertThat(told).containsExactly("early");
  }

  @Test
  void aListenerThatComesWhileOthersAreToldIsNotTaken() {
    Owner.EVENT.listen(
        owner, () -> told.add("taken: " + Owner.EVENT.listen(owner, () -> told.add("within"))));
    Owner.EVENT.happen(owner, Runnable::run);
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
                  if (Owner.EVENT.listen(owner, heard::incrementAndGet)) {
                    taken.incrementAndGet();
                  }
                }
              }));
    }
    Owner.EVENT.happen(owner, Runnable::run);
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
              Owner.EVENT.listen(
                  owner,
                  () -> {
                    throw new IllegalStateException("on purpose");
                  });
              Owner.EVENT.listen(owner, () -> told.add("second"));
              Owner.EVENT.happen(owner, Runnable::run);
            });
    thread.join();
    assertThat(told).containsExactly("second");
    assertThat(reported).singleElement().isInstanceOf(IllegalStateException.class);
  }
}
