package dev.pintle.kube.allocation;

import dev.pintle.kube.format.Addresses;
import org.jspecify.annotations.Nullable;

/// An address that a service may have, of one of the two families, as a number.
///
/// @param high the upper half of an address of IPv6; 0 for IPv4
/// @param low the lower half, or all of IPv4
record ClusterIp(boolean v6, long high, long low) {
  private static final int GROUPS = 8;
  private static final int GROUP_BITS = 16;
  private static final int GROUP_MAX = 0xffff;

  /// Null for what is no address.
  static @Nullable ClusterIp parse(String text) {
    byte[] bytes = Addresses.parse(text);
    if (bytes == null) {
      return null;
    }
    boolean v6 = bytes.length == Addresses.BYTES_V6;
    int half = v6 ? Long.BYTES : 0;
    return new ClusterIp(v6, number(bytes, 0, half), number(bytes, half, bytes.length));
  }

  private static long number(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number << Byte.SIZE | (bytes[i] & 0xff);
    }
    return number;
  }

  /// As `ipFamilies` names it.
  String family() {
    return v6 ? IpFamilies.V6 : IpFamilies.V4;
  }

  /// The address so many further on, of the same network.
  ClusterIp plus(long offset) {
    return new ClusterIp(v6, high, low + offset);
  }

  /// In the one form that names of objects have, of RFC 5952.
  @Override
  public String toString() {
    return v6
        ? textV6()
        : "%d.%d.%d.%d".formatted(low >> 24 & 0xff, low >> 16 & 0xff, low >> 8 & 0xff, low & 0xff);
  }

  private int group(int at) {
    long half = at < GROUPS / 2 ? high : low;
    int behind = GROUPS / 2 - 1 - at % (GROUPS / 2);
    return (int) (half >> (behind * GROUP_BITS)) & GROUP_MAX;
  }

  /// Of two zero groups or more, the longest run is left out, and the first of those as long.
  private String textV6() {
    int gap = -1;
    int longest = 1;
    for (int from = 0; from < GROUPS; from++) {
      int length = zeros(from);
      if (length > longest) {
        gap = from;
        longest = length;
      }
    }
    return gap < 0 ? groups(0, GROUPS) : groups(0, gap) + "::" + groups(gap + longest, GROUPS);
  }

  private int zeros(int from) {
    int at = from;
    while (at < GROUPS && group(at) == 0) {
      at++;
    }
    return at - from;
  }

  private String groups(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(group(i)));
    }
    return text.toString();
  }
}
