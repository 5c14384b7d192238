package dev.pintle.kube.endpoint;

import dev.pintle.kube.format.Addresses;

/// The version of the internet protocol that an address belongs to.
enum AddressFamily {
  V4("IPv4", Addresses.BYTES_V4),
  V6("IPv6", Addresses.BYTES_V6);

  private final String text;
  private final int bytes;

  AddressFamily(String text, int bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /// As services and slices write it.
  String text() {
    return text;
  }

  int bytes() {
    return bytes;
  }
}
