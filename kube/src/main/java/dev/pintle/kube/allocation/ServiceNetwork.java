package dev.pintle.kube.allocation;

/// One network of IPv4 addresses for services.
///
/// @param cidr the first address and the length of its prefix, `10.0.0.0/24`
record ServiceNetwork(String cidr) {
  private static final int ASKED_MIN = 16;
  private static final int ASKED_MAX = 256;
  private static final int ADDRESS_BITS = 32;

  /// Whether a text names a network of this family.
  static boolean isOne(String cidr) {
    return prefix(cidr) >= 0;
  }

  private static int prefix(String cidr) {
    int slash = cidr.indexOf('/');
    boolean valid =
        slash > 0
            && Ipv4Addresses.parse(cidr.substring(0, slash)) >= 0
            && isShortNumber(cidr.substring(slash + 1));
    int prefix = valid ? Integer.parseInt(cidr.substring(slash + 1)) : -1;
    return prefix <= ADDRESS_BITS ? prefix : -1;
  }

  private static boolean isShortNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 2
        && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private long base() {
    long address = Ipv4Addresses.parse(cidr.substring(0, cidr.indexOf('/')));
    return address & ~(size() - 1);
  }

  private long size() {
    return 1L << (ADDRESS_BITS - prefix(cidr));
  }

  boolean contains(long address) {
    return address >= base() && address < base() + size();
  }

  /// Without the first address, which names the network, and the last one, which all hosts listen to.
  Range addresses() {
    long asked = Math.clamp(size() / 16, ASKED_MIN, ASKED_MAX);
    return new Range(base() + 1, base() + size() - 2, (int) Math.clamp(size() - 3, 0, asked - 1));
  }
}
