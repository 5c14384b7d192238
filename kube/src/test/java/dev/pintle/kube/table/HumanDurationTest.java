package dev.pintle.kube.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {
  @ParameterizedTest
  @CsvSource({
    "PT-2S,<invalid>",
    "PT-1S,0s",
    "PT0S,0s",
    "PT119S,119s",
    "PT120S,2m",
    "PT9M59S,9m59s",
    "PT10M1S,10m",
    "PT179M,179m",
    "PT3H,3h",
    "PT7H59M,7h59m",
    "PT8H,8h",
    "PT47H,47h",
    "PT48H,2d",
    "PT190H,7d22h",
    "P8D,8d",
    "P729D,729d",
    "P730D,2y",
    "P800D,2y70d",
    "P3000D,8y"
  })
  void theLongerTheCoarser(Duration duration, String expected) {
    assertThat(HumanDuration.human(duration)).isEqualTo(expected);
  }

  @Test
  void anAbsentTimeIsUnknown() {
    assertThat(HumanDuration.since(Optional.empty(), Instant.EPOCH)).isEqualTo("<unknown>");
  }
}
