package dev.pintle.kube.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {
  private static AddressRange range(String text) {
    AddressRange range = AddressRange.parse(text);
    assertThat(range).as(text).isNotNull();
    return Objects.requireNonNull(range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "::/129", "/8", "10.0.0.0/-1"})
  void otherTextsAreNoRanges(String text) {
    assertThat(AddressRange.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/8",
    "10.1.2.3/8, 10.0.0.0/8",
    "010.0.0.0/08, 10.0.0.0/8",
    "2001:DB8:0::1/32, 2001:db8::/32",
    "::ffff:10.1.2.3/104, 10.0.0.0/8",
    "::/0, ::/0",
    "0.0.0.0/0, 0.0.0.0/0",
  })
  void aRangeIsWrittenInOneWay(String text, String canonical) {
    assertThat(range(text).text()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/9, true",
    "10.0.0.0/8, 10.255.255.255/32, true",
    "10.0.0.0/8, 10.0.0.0/8, false",
    "10.0.0.0/8, 10.0.0.0/7, false",
    "10.0.0.0/8, 11.0.0.0/16, false",
    "0.0.0.0/0, 1.2.3.4/1, true",
    "0.0.0.0/0, ::/1, false",
    "::/0, 10.0.0.0/8, false",
    "2001:db8::/32, 2001:db8:1::/48, true",
    "2001:db8::/32, 2001:db9::/48, false",
    "10.1.2.3/8, 10.200.0.0/16, true",
  })
  void aRangeIsWiderThanWhatLiesInItAndDoesNotFillIt(String whole, String part, boolean wider) {
    assertThat(range(whole).isWider(range(part))).isEqualTo(wider);
  }

  @ParameterizedTest
  @CsvSource({"2001:DB8::1, 2001:db8::1", "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::"})
  void anAddressThatIsNotInItsOneFormIsToldTheForm(String text, String form) {
    assertThat(Addresses.canonicalIp(text))
        .containsExactly("must be in canonical form (\"%s\")".formatted(form));
    assertThat(Addresses.canonicalIp(form)).isEmpty();
  }
}
