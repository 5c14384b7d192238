package dev.pintle.kube.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionSyntaxTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0",
        "1.2.3",
        "1.0.0-alpha.1",
        "1.0.0-0a.-",
        "1.0.0+build.01",
        "1.0.0-a-b+c-d",
        "1.0.0--"
      })
  void versionsHaveThreeNumbersAndMayHaveMore(String text) {
    assertThat(VersionSyntax.is(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.0",
        "1.0.0.0",
        "01.0.0",
        "1.0.0-01",
        "1.0.0-",
        "1.0.0+",
        "1.0.0-a..b",
        "v1.0.0",
        "1.0.0+a+b",
        "1.-1.0"
      })
  void otherTextsAreNone(String text) {
    assertThat(VersionSyntax.is(text)).isFalse();
  }
}
