package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoBase64Test {
  @ParameterizedTest
  @CsvSource({"eA==,eA==", "eB==,eA==", "eB9=,eB8=", "abcd,abcd", "abcdeB==,abcdeA=="})
  void bitsThatNoByteNeedsAreLost(String text, String written) {
    assertThat(GoBase64.badByte(text)).isEqualTo(-1);
    assertThat(GoBase64.canonical(text)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eA==\n", "e\nA=\r=", "\neA=="})
  void lineEndsCountForNothing(String text) {
    assertThat(GoBase64.badByte(text)).isEqualTo(-1);
    assertThat(GoBase64.canonical(text)).isEqualTo("eA==");
  }

  @ParameterizedTest
  @CsvSource({"eA,0", "abcdeA,4", "eA=,3", "====,0", "e===,1", "eA==eA==,4", "e A=,1", "-_==,0"})
  void whatIsBrokenIsToldByItsPlace(String text, int place) {
    assertThat(GoBase64.badByte(text)).isEqualTo(place);
  }
}
