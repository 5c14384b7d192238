package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MetaTimeTest {
  @Test
  void whatIsLessThanASecondIsLeftOut() {
    assertThat(MetaTime.text(Instant.parse("2026-11-25T01:02:03.999999999Z")))
        .isEqualTo("2026-11-25T01:02:03Z");
  }

  @Test
  void aSecondIsWrittenAlikeWhateverWasAskedBefore() {
    for (String second : new String[] {"2026-02-28T23:59:59Z", "1969-12-31T23:59:59Z"}) {
      for (String other : new String[] {"2026-03-01T00:00:00Z", second, "1970-01-01T00:00:00Z"}) {
        assertThat(MetaTime.text(Instant.parse(other))).isEqualTo(other);
        assertThat(MetaTime.text(Instant.parse(second))).isEqualTo(second);
      }
    }
  }
}
