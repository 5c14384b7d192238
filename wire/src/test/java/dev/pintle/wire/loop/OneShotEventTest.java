package dev.pintle.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OneShotEventTest {
  private final OneShotEvent event = new OneShotEvent();
  private final List<String> told = new ArrayList<>();

  @Test
  void everyListenerIsToldOnceInTheOrderInWhichTheyCame() {
    event.listen(() -> told.add("first"));
    event.listen(() -> told.add("second"));
    assertThat(told).isEmpty();
    event.happen();
    event.happen();
    assertThat(told).containsExactly("first", "second");
  }

  @Test
  void aListenerThatComesAfterwardsIsToldAtOnce() {
    event.happen();
    event.listen(() -> told.add("late"));
    assertThat(told).containsExactly("late");
  }

  @Test
  void aListenerThatComesWhileOthersAreToldIsToldOnce() {
    event.listen(() -> event.listen(() -> told.add("within")));
    event.happen();
    event.happen();
    assertThat(told).containsExactly("within");
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
              event.happen();
            });
    thread.join();
    assertThat(told).containsExactly("second");
    assertThat(reported).singleElement().isInstanceOf(IllegalStateException.class);
  }
}
