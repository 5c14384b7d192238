package dev.pintle.kube.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressesTest {
  private static final long SEED = 4711;
  private static final int ROUNDS = 2_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "::",
        "::1",
        "fe80::1",
        "1:2:3:4:5:6:7:8",
        "2001:db8::ffff",
        "64:ff9b::10.0.0.1"
      })
  void addressesAreAddresses(String text) {
    assertThat(Addresses.ip(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1..2.3",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "12345::",
        "::1%eth0",
        "1.2.3.4/8"
      })
  void otherTextsAreNot(String text) {
    assertThat(Addresses.ip(text))
        .containsExactly("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
  }

  @Test
  void whatOnlyLenientReadersTakeIsRefusedByWhatItIs() {
    assertThat(Addresses.ip("10.0.0.010")).containsExactly("must not have leading 0s");
    assertThat(Addresses.ip("::ffff:10.0.0.1"))
        .containsExactly("must not be an IPv4-mapped IPv6 address");
    assertThat(Addresses.cidr("10.0.0.1/24"))
        .containsExactly("must not have bits set beyond the prefix length");
    assertThat(Addresses.cidr("10.0.0.0/024"))
        .containsExactly("must not have leading 0s in IP or prefix length");
    assertThat(Addresses.cidr("10.0.0.0/33"))
        .containsExactly("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
    assertThat(Addresses.cidr("2001:db8::/64")).isEmpty();
  }

  @Test
  void readsWhatThePlatformWrites() throws UnknownHostException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? Addresses.BYTES_V4 : Addresses.BYTES_V6];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        bytes[random.nextInt(bytes.length)] = 0;
      }
      String text = InetAddress.getByAddress(bytes).getHostAddress();
      assertThat(Addresses.parse(text)).as("seed %d, %s", SEED, text).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "010.0.0.1, 10.0.0.1",
    "::ffff:1.2.3.4, 1.2.3.4",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "0:0:0:0:0:0:0:0, ::",
    "1::, 1::",
    "0::1, ::1"
  })
  void eachAddressIsWrittenInOneWay(String written, String canonical) {
    assertThat(Addresses.text(Objects.requireNonNull(Addresses.parse(written))))
        .isEqualTo(canonical);
  }
}
