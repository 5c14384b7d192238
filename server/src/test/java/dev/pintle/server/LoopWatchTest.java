package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoopWatchTest {
  private static final Duration ROUND = Duration.ofMillis(20);

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(LoopWatch.class);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  @BeforeEach
  void read() {
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void readNoMore() {
    logger.detachAppender(appender);
  }

  @Test
  void aLoopThatIsStuckIsNamedOnceWithItsStack() throws Exception {
    CountDownLatch known = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ExecutorService loop =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("loop-7").factory());
        LoopWatch _ =
            LoopWatch.start(
                List.of(task ->
                    loop.execute(() -> {
                      task.run();
                      known.countDown();
                    })),
                ROUND)) {
      known.await();
      loop.execute(() -> hold(release));
      assertThat(lines.poll(20, TimeUnit.SECONDS))
          .startsWith("event loop loop-7 has not come round for ")
          .contains("LoopWatchTest.hold");
      release.countDown();
      assertThat(lines.poll(20, TimeUnit.SECONDS)).isEqualTo("event loop loop-7 comes round again");
    }
  }

  private static void hold(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
