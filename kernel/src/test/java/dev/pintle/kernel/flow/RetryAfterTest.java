package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryAfterTest {
  private static final long BEGIN = 1_700_000_000;

  /// A line is a history of `seconds*requests`, that many turned away so long after those before, and after `=` what clients are told
  /// after each.
  @Test
  void clientsAreToldWhatUpstreamTellsThem() {
    for (String line : Figures.lines("retries.txt")) {
      String[] words = line.split(" ", -1);
      int result = List.of(words).indexOf("=") + 1;
      RetryAfter retry = new RetryAfter();
      long now = BEGIN;
      for (int i = 0; i < result - 1; i++) {
        int star = words[i].indexOf('*');
        now += Long.parseLong(words[i], 0, star, 10);
        for (int requests = Integer.parseInt(words[i].substring(star + 1));
            requests > 0;
            requests--) {
          retry.note(now);
        }
        assertThat(retry.seconds())
            .as("step %d of %s", i, line)
            .isEqualTo(Long.parseLong(words[result + i]));
      }
    }
  }

  @Test
  void itIsASecondAtFirstAndThirtyTwoAtMost() {
    RetryAfter retry = new RetryAfter();
    assertThat(retry.seconds()).isEqualTo(1);
    for (int i = 0; i < 100_000; i++) {
      retry.note(BEGIN + i / 1_000);
    }
    assertThat(retry.seconds()).isEqualTo(32);
  }

  @Test
  void aClockThatBeginsAtZeroIsAClockToo() {
    RetryAfter retry = new RetryAfter();
    for (int i = 0; i < 10; i++) {
      retry.note(0);
    }
    retry.note(1);
    assertThat(retry.seconds()).isEqualTo(2);
  }
}
