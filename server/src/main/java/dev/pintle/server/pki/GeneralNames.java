package dev.pintle.server.pki;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/// The encodings of alternative names (RFC 5280, 4.2.1.6).
final class GeneralNames {
  private static final int EMAIL = 1;
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int ADDRESS = 7;

  private GeneralNames() {}

  /// @param host a name, or an address as text
  static byte[] host(String host) {
    return HostNames.isAddress(host)
        ? address(InetAddress.ofLiteral(host).getAddress())
        : dns(host.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] dns(byte[] ascii) {
    return Der.implicit(DNS, ascii);
  }

  static byte[] email(byte[] ascii) {
    return Der.implicit(EMAIL, ascii);
  }

  static byte[] uri(byte[] ascii) {
    return Der.implicit(URI, ascii);
  }

  /// @param bytes 4 or 16
  static byte[] address(byte[] bytes) {
    return Der.implicit(ADDRESS, bytes);
  }
}
