package dev.pintle.kube.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InitiatorNamesTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iqn.2001-04.com.example:storage.disk1",
        "iqn.2001-04.com.example:a:b",
        "iqn, iqn.2001-04.x:y",
        "iqn.2001-04.iqn.2002-05.a:b:",
        "eui.0123456789ABCDEF",
        "eui_0123456789abcdef",
        "naa.0123456789abcdef0123456789abcdef"
      })
  void wholeNamesAreNames(String name) {
    assertThat(InitiatorNames.isName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iqn",
        "iqn.2001-04.com.example",
        "iqn.2001-04.com.example:",
        "iqn.2001-04.:x",
        "iqn.20-04.com.example:x",
        "iqn.2001-04.com_example:x",
        "iqn.2001-04.com.example:x y",
        "iqn.2001-04.com.example:x;",
        "eui.0123456789abcde",
        "eui.0123456789abcdef0",
        "eui\n0123456789abcdef",
        "naa.0123456789abcdef"
      })
  void partsOfNamesAreNone(String name) {
    assertThat(InitiatorNames.isName(name)).isFalse();
  }

  @Test
  void aLongNameIsToldInOnePass() {
    String dates = "iqn.2001-04.".repeat(100_000);
    Assertions.assertTimeout(SOON, () -> InitiatorNames.isName(dates));
    Assertions.assertTimeout(SOON, () -> InitiatorNames.isName("iqn" + ":a".repeat(500_000)));
  }

  @Test
  void aHostAndAPortAreSplitAsGoSplitsThem() {
    assertThat(InitiatorNames.isHostPort("a:1")).isTrue();
    assertThat(InitiatorNames.isHostPort(":")).isTrue();
    assertThat(InitiatorNames.isHostPort("[::1]:3")).isTrue();
    for (String wrong :
        new String[] {"", "a", "a:b:1", "::1:3", "[::1]", "[a:1", "a]:1", "[a]b:1", "[[a]:1"}) {
      assertThat(InitiatorNames.isHostPort(wrong)).as(wrong).isFalse();
    }
  }
}
