package dev.pintle.kube.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoizedTest {
  private static final int ASKING = 32;

  private final AtomicInteger made = new AtomicInteger();

  @Test
  void howeverManyAskAtOnceItIsMadeOnceAndTheSameForAll() throws Exception {
    CountDownLatch all = new CountDownLatch(ASKING);
    Memoized<Object> document =
        new Memoized<>(() -> {
          made.incrementAndGet();
          return new Object();
        });
    List<Future<Object>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < ASKING; i++) {
        answers.add(
            threads.submit(() -> {
              all.countDown();
              all.await();
              return document.get();
            }));
      }
    }
    for (Future<Object> answer : answers) {
      assertThat(answer.get()).isSameAs(document.get());
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void whatCouldNotBeMadeIsTriedAgain() {
    Memoized<String> document =
        new Memoized<>(() -> {
          if (made.incrementAndGet() == 1) {
            throw new IllegalStateException("not yet");
          }
          return "made";
        });

    assertThatThrownBy(document::get).hasMessage("not yet");
    assertThat(document.isMade()).isFalse();
    assertThat(document.get()).isEqualTo("made");
    assertThat(document.isMade()).isTrue();
  }
}
