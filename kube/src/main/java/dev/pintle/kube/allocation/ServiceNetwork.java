package dev.pintle.kube.allocation;

import org.jspecify.annotations.Nullable;

/// One network of addresses for services, of either family. As the real server has it, one of IPv6 has at most 2⁶⁴ addresses.
///
/// @param base its first address, which names it
/// @param prefixBits the length of the prefix
record ServiceNetwork(ClusterIp base, int prefixBits) {
  private static final int ASKED_MIN = 16;
  private static final int ASKED_MAX = 256;
  private static final int ASKED_SHARE = 16;
  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;

  /// The bits of what a network leaves to its addresses.
  private static final int HOST_BITS_MAX = 64;

  /// The most addresses that are chosen from: of more, one of chance is as good.
  private static final int CHOSEN_BITS_MAX = 62;

  /// Null for what names no network that addresses are given from. Bits beyond the prefix do not count.
  static @Nullable ServiceNetwork parse(String cidr) {
    int slash = cidr.indexOf('/');
    ClusterIp address = slash < 0 ? null : ClusterIp.parse(cidr.substring(0, slash));
    int bits = slash < 0 ? -1 : shortNumber(cidr.substring(slash + 1));
    if (address == null || bits < 0) {
      return null;
    }
    int hostBits = (address.v6() ? V6_BITS : V4_BITS) - bits;
    return hostBits < 0 || hostBits > HOST_BITS_MAX
        ? null
        : new ServiceNetwork(
            new ClusterIp(address.v6(), address.high(), address.low() & mask(hostBits)), bits);
  }

  private static int shortNumber(String text) {
    boolean number =
        !text.isEmpty()
            && text.length() <= 3
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return number ? Integer.parseInt(text) : -1;
  }

  private static long mask(int hostBits) {
    return hostBits == HOST_BITS_MAX ? 0 : -1L << hostBits;
  }

  private int hostBits() {
    return (base.v6() ? V6_BITS : V4_BITS) - prefixBits;
  }

  String cidr() {
    return base + "/" + prefixBits;
  }

  String family() {
    return base.family();
  }

  boolean contains(ClusterIp address) {
    return address.v6() == base.v6()
        && address.high() == base.high()
        && (address.low() & mask(hostBits())) == base.low();
  }

  /// Whether an address may be a service's: the first names the network, and to the last one of IPv4 all hosts listen.
  boolean gives(ClusterIp address) {
    long offset = address.low() - base.low();
    long last = ~mask(hostBits()) - (base.v6() ? 0 : 1);
    return contains(address) && offset != 0 && Long.compareUnsigned(offset, last) <= 0;
  }

  /// The distances from the first address at which addresses are chosen.
  Range offsets() {
    int bits = Math.min(hostBits(), CHOSEN_BITS_MAX);
    long size = 1L << bits;
    long asked = size <= ASKED_MIN ? 0 : Math.clamp(size / ASKED_SHARE, ASKED_MIN, ASKED_MAX);
    return new Range(1, size - (base.v6() ? 1 : 2), (int) asked);
  }

  /// Whether it has so many addresses that a cluster can begin with it.
  boolean hasAtLeast(int addresses) {
    return hostBits() >= Integer.SIZE || 1L << hostBits() >= addresses;
  }

  ClusterIp at(long offset) {
    return base.plus(offset);
  }
}
