package dev.pintle.kube.allocation;

import dev.pintle.kube.format.Addresses;

/// IPv4 addresses as numbers.
final class Ipv4Addresses {
  private Ipv4Addresses() {}

  /// -1 for what is no IPv4 address.
  static long parse(String text) {
    byte[] bytes = Addresses.parse(text);
    if (bytes == null || bytes.length != Addresses.BYTES_V4) {
      return -1;
    }
    long number = 0;
    for (byte octet : bytes) {
      number = number << Byte.SIZE | (octet & 0xff);
    }
    return number;
  }

  static String text(long number) {
    return "%d.%d.%d.%d"
        .formatted(number >> 24 & 0xff, number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
  }
}
