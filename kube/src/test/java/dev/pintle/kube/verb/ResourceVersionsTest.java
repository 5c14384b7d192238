package dev.pintle.kube.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.status.StatusError;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Versions are read as Go's `strconv.ParseUint` reads them.
final class ResourceVersionsTest {
  private static int code(Throwable refused) {
    assertThat(refused).isInstanceOf(StatusError.class);
    return ((StatusError) refused).status().code();
  }

  @Test
  void noVersionIsTheVersionNothing() {
    assertThat(ResourceVersions.parse("")).isZero();
    assertThat(ResourceVersions.ofObject("")).isZero();
    assertThat(ResourceVersions.ofRead("")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "00, 0", "007, 7", "9223372036854775807, 9223372036854775807"})
  void digitsAreAVersion(String text, long version) {
    assertThat(ResourceVersions.parse(text)).isEqualTo(version);
  }

  @Test
  void theLargestVersionHasSixtyFourBits() {
    assertThat(ResourceVersions.parse("18446744073709551615")).isEqualTo(-1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "+1", " 1", "1 ", "0x1", "1_0", "1.0", "١", "１", "1e3"})
  void whatIsNoNumberToGoIsNone(String text) {
    assertThatThrownBy(() -> ResourceVersions.parse(text))
        .hasMessage(
            "invalid resource version: resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax",
            text, text)
        .satisfies(refused -> assertThat(code(refused)).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"18446744073709551616", "99999999999999999999999999999999999999"})
  void aNumberOfMoreBitsIsOutOfRange(String text) {
    assertThatThrownBy(() -> ResourceVersions.parse(text))
        .hasMessageEndingWith("parsing \"%s\": value out of range", text);
  }

  /// The version of an object, and the one that a watch begins at, are read where upstream expects nothing wrong any more.
  @Test
  void elsewhereWhatIsNoNumberIsAFailureOfTheServer() {
    assertThatThrownBy(() -> ResourceVersions.ofObject("x"))
        .hasMessage("strconv.ParseUint: parsing \"x\": invalid syntax")
        .satisfies(refused -> assertThat(code(refused)).isEqualTo(500));
    assertThatThrownBy(() -> ResourceVersions.ofRead("x"))
        .hasMessage(
            "resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax")
        .asInstanceOf(InstanceOfAssertFactories.type(StatusError.class))
        .satisfies(refused -> assertThat(refused.status().code()).isEqualTo(500));
  }
}
