package dev.pintle.kube.format;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Addresses and ranges of the internet protocols. What only lenient readers take (octets with leading zeros, IPv4 inside
/// IPv6) is read here too, and complained of by what it is.
public final class Addresses {
  public static final int BYTES_V4 = 4;
  public static final int BYTES_V6 = 16;
  private static final int GROUPS = 8;
  private static final String NOT_AN_ADDRESS =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  private static final String NOT_A_RANGE =
      "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

  private Addresses() {}

  public static List<String> ip(String text) {
    byte[] address = parse(text);
    if (address == null) {
      return List.of(NOT_AN_ADDRESS);
    }
    if (hasLeadingZero(text)) {
      return List.of("must not have leading 0s");
    }
    boolean mapped = text.indexOf(':') >= 0 && address.length == BYTES_V4;
    return mapped ? List.of("must not be an IPv4-mapped IPv6 address") : List.of();
  }

  /// As [#ip], in the one way to write it.
  public static List<String> canonicalIp(String text) {
    byte[] address = parse(text);
    List<String> complaints = ip(text);
    return address == null || !complaints.isEmpty() || text(address).equals(text)
        ? complaints
        : List.of(canonical(text(address)));
  }

  /// As [#cidr], in the one way to write it.
  public static List<String> canonicalCidr(String text) {
    AddressRange range = AddressRange.parse(text);
    List<String> complaints = cidr(text);
    return range == null || !complaints.isEmpty() || range.text().equals(text)
        ? complaints
        : List.of(canonical(range.text()));
  }

  private static String canonical(String text) {
    return "must be in canonical form (\"%s\")".formatted(text);
  }

  public static List<String> cidr(String text) {
    int slash = text.indexOf('/');
    byte[] address = slash < 0 ? null : parse(text.substring(0, slash));
    int bits = slash < 0 ? -1 : decimal(text.substring(slash + 1), BYTES_V6 * Byte.SIZE);
    boolean writtenAsV4 = text.indexOf(':') < 0;
    if (address == null || bits < 0 || bits > (writtenAsV4 ? BYTES_V4 : BYTES_V6) * Byte.SIZE) {
      return List.of(NOT_A_RANGE);
    }
    if (hasLeadingZero(text.substring(0, slash))
        || (text.charAt(slash + 1) == '0' && text.length() > slash + 2)) {
      return List.of("must not have leading 0s in IP or prefix length");
    }
    if (!writtenAsV4 && address.length == BYTES_V4) {
      return List.of("must not have an IPv4-mapped IPv6 address");
    }
    return isWithin(address, bits)
        ? List.of()
        : List.of("must not have bits set beyond the prefix length");
  }

  private static boolean isWithin(byte[] address, int bits) {
    for (int bit = bits; bit < address.length * Byte.SIZE; bit++) {
      if ((address[bit / Byte.SIZE] & (0x80 >> (bit % Byte.SIZE))) != 0) {
        return false;
      }
    }
    return true;
  }

  /// In the octets of the part that is written as IPv4.
  private static boolean hasLeadingZero(String text) {
    if (text.indexOf('.') < 0) {
      return false;
    }
    for (String octet : text.substring(text.lastIndexOf(':') + 1).split("\\.", -1)) {
      if (octet.length() > 1 && octet.charAt(0) == '0') {
        return true;
      }
    }
    return false;
  }

  public static boolean isV6(String text) {
    byte[] address = parse(text);
    return address != null && address.length == BYTES_V6;
  }

  /// Four bytes or sixteen; null for what is no address.
  public static byte @Nullable [] parse(String text) {
    if (text.indexOf(':') < 0) {
      return v4(text);
    }
    byte[] address = v6(text);
    return address == null ? null : unmapped(address);
  }

  /// The four bytes of an address of IPv4 that lies among those of IPv6; any other address as it is.
  public static byte[] unmapped(byte[] address) {
    return address.length == BYTES_V6 && isMapped(address)
        ? Arrays.copyOfRange(address, 12, BYTES_V6)
        : address;
  }

  /// Whether a range is meant, however it is written.
  public static boolean isRange(String text) {
    return !cidr(text).contains(NOT_A_RANGE);
  }

  /// The one way to write an address: RFC 5952 for sixteen bytes.
  public static String text(byte[] address) {
    if (address.length == BYTES_V4) {
      return "%d.%d.%d.%d"
          .formatted(address[0] & 0xff, address[1] & 0xff, address[2] & 0xff, address[3] & 0xff);
    }
    int[] longest = longestGap(address);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == longest[0]) {
        text.append("::");
        i += longest[1] - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(group(address, i)));
      }
    }
    return text.toString();
  }

  private static int group(byte[] address, int at) {
    return (address[at * 2] & 0xff) << Byte.SIZE | (address[at * 2 + 1] & 0xff);
  }

  /// Where the first of the longest runs of two and more zero groups begins, and its length; -1 when there is none.
  private static int[] longestGap(byte[] address) {
    int[] longest = {-1, 1};
    int start = 0;
    for (int i = 0; i <= GROUPS; i++) {
      if (i == GROUPS || group(address, i) != 0) {
        if (i - start > longest[1]) {
          longest = new int[] {start, i - start};
        }
        start = i + 1;
      }
    }
    return longest;
  }

  private static boolean isMapped(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == (byte) 0xff && address[11] == (byte) 0xff;
  }

  private static byte @Nullable [] v4(String text) {
    if (!hasAtMost(text, '.', BYTES_V4)) {
      return null;
    }
    String[] parts = text.split("\\.", -1);
    byte[] address = new byte[BYTES_V4];
    if (parts.length != BYTES_V4) {
      return null;
    }
    for (int i = 0; i < BYTES_V4; i++) {
      int octet = decimal(parts[i], 255);
      if (octet < 0) {
        return null;
      }
      address[i] = (byte) octet;
    }
    return address;
  }

  private static byte @Nullable [] v6(String text) {
    int gap = text.indexOf("::");
    byte[] address = new byte[BYTES_V6];
    if (gap < 0) {
      return groups(text, address, 0) == GROUPS ? address : null;
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + 2);
    if (after.contains("::")) {
      return null;
    }
    byte[] tail = new byte[BYTES_V6];
    int first = before.isEmpty() ? 0 : groups(before, address, 0);
    int last = after.isEmpty() ? 0 : groups(after, tail, 0);
    if (first < 0 || last < 0 || first + last >= GROUPS) {
      return null;
    }
    System.arraycopy(tail, 0, address, BYTES_V6 - last * 2, last * 2);
    return address;
  }

  /// Whether a text has at most so many parts: one with more is not taken apart.
  private static boolean hasAtMost(String text, char between, int parts) {
    int found = 1;
    int at = text.indexOf(between);
    while (at >= 0 && found <= parts) {
      found++;
      at = text.indexOf(between, at + 1);
    }
    return found <= parts;
  }

  /// Writes the groups between colons and answers how many there are; -1 when one is malformed.
  private static int groups(String text, byte[] address, int from) {
    if (!hasAtMost(text, ':', GROUPS)) {
      return -1;
    }
    String[] parts = text.split(":", -1);
    int at = from;
    for (int i = 0; i < parts.length; i++) {
      byte[] v4 = i == parts.length - 1 && parts[i].indexOf('.') >= 0 ? v4(parts[i]) : null;
      if (v4 != null && at <= GROUPS - 2) {
        System.arraycopy(v4, 0, address, at * 2, BYTES_V4);
        return at + 2;
      }
      int group = hexadecimal(parts[i]);
      if (group < 0 || at == GROUPS) {
        return -1;
      }
      address[at * 2] = (byte) (group >> Byte.SIZE);
      address[at * 2 + 1] = (byte) group;
      at++;
    }
    return at;
  }

  private static int hexadecimal(String text) {
    if (text.isEmpty() || text.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private static int decimal(String text, int max) {
    int value = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length() && value >= 0; i++) {
      char digit = text.charAt(i);
      value = digit < '0' || digit > '9' ? -1 : value * 10 + (digit - '0');
      value = value > max ? -1 : value;
    }
    return value;
  }
}
