package dev.pintle.kube.allocation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNetworkTest {
  private static final long SEED = 11;
  private final Random random = new Random(SEED);

  private static ServiceNetwork network(String cidr) {
    return requireNonNull(ServiceNetwork.parse(cidr), cidr);
  }

  private static ClusterIp address(String text) {
    return requireNonNull(ClusterIp.parse(text), text);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.9, 10.0.0.9",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "FD00:0:0:0:0:0:0:A, fd00::a",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "2001:db8::ffff, 2001:db8::ffff",
    "::ffff:10.0.0.1, 10.0.0.1"
  })
  void anAddressHasOneForm(String given, String canonical) {
    assertThat(address(given)).hasToString(canonical);
    assertThat(address(canonical)).isEqualTo(address(given));
  }

  @Test
  void whatAnAddressSaysOfItselfIsReadAsTheSame() throws UnknownHostException {
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = random.nextInt(3) == 0 ? bytes[at] : 0;
      }
      bytes[0] = 0x20;
      String text = InetAddress.getByAddress(bytes).getHostAddress();
      ClusterIp parsed = address(text);
      assertThat(InetAddress.ofLiteral(parsed.toString()).getAddress())
          .as("seed %d, %s", SEED, text)
          .isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "/24",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/1000",
        "fd00::/63",
        "fd00::/129",
        "x/64",
        "10.0.0.0/2x"
      })
  void whatGivesNoAddressesIsNoNetwork(String cidr) {
    assertThat(ServiceNetwork.parse(cidr)).isNull();
  }

  @Test
  void bitsBeyondThePrefixDoNotCount() {
    assertThat(network("10.0.0.77/24").cidr()).isEqualTo("10.0.0.0/24");
    assertThat(network("fd00::ff/120").cidr()).isEqualTo("fd00::/120");
    assertThat(network("fd00::1:2:3:4/64").cidr()).isEqualTo("fd00::/64");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 10.0.0.1, 10.0.0.254, 10.0.0.0, 10.0.0.255, 10.0.1.0",
    "fd00::/120, fd00::1, fd00::ff, fd00::, fe00::1, fd00::100",
    "fd00::/64, fd00::1, fd00::ffff:ffff:ffff:ffff, fd00::, 10.0.0.1, fd00:0:0:1::",
    "255.255.255.0/24, 255.255.255.1, 255.255.255.254, 255.255.255.0, 255.255.255.255, 1.1.1.1"
  })
  void itGivesFromTheSecondToTheLastOrTheOneBefore(
      String cidr, String first, String last, String base, String no, String outside) {
    ServiceNetwork network = network(cidr);
    assertThat(network.gives(address(first))).isTrue();
    assertThat(network.gives(address(last))).isTrue();
    assertThat(network.contains(address(base))).isTrue();
    assertThat(network.gives(address(base))).isFalse();
    assertThat(network.gives(address(no))).isFalse();
    assertThat(network.contains(address(outside))).isFalse();
    assertThat(network.gives(address(outside))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/29",
        "10.0.0.0/28",
        "10.0.0.0/27",
        "10.0.4.0/22",
        "fd00::/124",
        "fd00::8/125"
      })
  void everyAddressThatItGivesIsChosenOnce(String cidr) {
    ServiceNetwork network = network(cidr);
    Set<ClusterIp> taken = new HashSet<>();
    while (true) {
      OptionalLong next = network.offsets().choose(at -> taken.contains(network.at(at)), random);
      if (next.isEmpty()) {
        break;
      }
      ClusterIp chosen = network.at(next.getAsLong());
      assertThat(network.gives(chosen)).as("seed %d, %s", SEED, chosen).isTrue();
      assertThat(taken.add(chosen)).as("seed %d, %s", SEED, chosen).isTrue();
    }
    int bits = (network.base().v6() ? 128 : 32) - network.prefixBits();
    assertThat(taken).hasSize((1 << bits) - (network.base().v6() ? 1 : 2));
  }

  @Test
  void theLargestNetworkGivesAddressesOfItsOwn() {
    ServiceNetwork network = network("fd00:1:2:3::/64");
    for (int i = 0; i < 1_000; i++) {
      ClusterIp chosen = network.at(network.offsets().choose(_ -> false, random).orElseThrow());
      assertThat(network.gives(chosen)).as("seed %d, %s", SEED, chosen).isTrue();
      assertThat(Long.compareUnsigned(chosen.low(), 256)).as("left to those who ask").isPositive();
    }
  }
}
