package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WrittenTimeTest {
  private static final int TEXTS = 100_000;
  private static final long SEED = Long.getLong("pintle.seed", System.nanoTime());

  @Test
  void whatIsTakenAsItIsWouldBeWrittenTheSame() {
    SplittableRandom random = new SplittableRandom(SEED);
    int taken = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text =
          "%04d-%02d-%02dT%02d:%02d:%02dZ"
              .formatted(
                  random.nextInt(10_000),
                  random.nextInt(14),
                  random.nextInt(33),
                  random.nextInt(26),
                  random.nextInt(62),
                  random.nextInt(62));
      if (WrittenTime.isCanonical(text)) {
        taken++;
        assertThat(Instant.parse(text).toString()).as("-Dpintle.seed=%d", SEED).isEqualTo(text);
      }
    }
    assertThat(taken).isGreaterThan(TEXTS / 3);
  }

  @Test
  void otherFormsAreLeftToTheCalendar() {
    assertThat(
            List.of(
                "",
                "2026-11-25T01:02:03",
                "2026-11-25T01:02:03.5Z",
                "2026-11-25T01:02:03+01:00",
                "2026-11-31T01:02:03Z",
                "2026-11-25t01:02:03z",
                "٢026-11-25T01:02:03Z"))
        .noneMatch(WrittenTime::isCanonical);
  }
}
