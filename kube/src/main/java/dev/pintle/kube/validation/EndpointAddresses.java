package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import java.util.ArrayList;
import java.util.List;

/// The rules of addresses that traffic can be sent to from elsewhere.
public final class EndpointAddresses {
  private EndpointAddresses() {}

  /// What is wrong with an address, however it is written, in upstream's words.
  public static List<String> complaints(String text) {
    byte[] address = Addresses.parse(text);
    if (address == null) {
      return List.of("must be a valid IP address");
    }
    List<String> complaints = new ArrayList<>(0);
    boolean v4 = address.length == Addresses.BYTES_V4;
    int first = address[0] & 0xff;
    int second = address[1] & 0xff;
    if (isUnspecified(address, address.length)) {
      complaints.add("may not be unspecified (" + text + ")");
    }
    if (v4 ? first == 127 : isUnspecified(address, 15) && address[15] == 1) {
      complaints.add("may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if (v4 ? first == 169 && second == 254 : first == 0xfe && (second & 0xc0) == 0x80) {
      complaints.add("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    boolean linkLocalMulticast =
        v4 ? first == 224 && second == 0 && address[2] == 0 : first == 0xff && (second & 0x0f) == 2;
    if (linkLocalMulticast) {
      complaints.add("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
    return complaints;
  }

  private static boolean isUnspecified(byte[] address, int length) {
    for (int i = 0; i < length; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
