package dev.pintle.kube.format;

import dev.pintle.kube.object.GoText;

/// The reader of addresses as Go's package `netip` reads them, with its complaints.
public final class NetAddressReader {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int GROUP_DIGITS = 4;

  private final String whole;
  private final byte[] bytes = new byte[V6_BYTES];
  private String rest;
  private int at;
  private int gap = -1;

  private NetAddressReader(String whole, String rest) {
    this.whole = whole;
    this.rest = rest;
  }

  /// An address, and whether a zone was named with it.
  @SuppressWarnings("ArrayRecordComponent")
  public record Read(byte[] bytes, boolean zoned) {}

  /// @throws AddressException with Go's complaint
  public static Read read(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '.' -> {
          byte[] address = new byte[V4_BYTES];
          new NetAddressReader(text, text).version4(text, address, 0);
          return new Read(address, false);
        }
        case ':' -> {
          return version6(text);
        }
        case '%' -> throw new NetAddressReader(text, "").wrong("missing IPv6 address", "");
        default -> {}
      }
    }
    throw new NetAddressReader(text, "").wrong("unable to parse IP", "");
  }

  private static Read version6(String text) {
    int percent = text.indexOf('%');
    NetAddressReader reader =
        new NetAddressReader(text, percent < 0 ? text : text.substring(0, percent));
    if (percent == text.length() - 1) {
      throw reader.wrong("zone must be a non-empty string", "");
    }
    reader.groups();
    reader.close();
    return new Read(reader.bytes, percent >= 0);
  }

  private AddressException wrong(String message, String place) {
    String where = place.isEmpty() ? "" : " (at %s)".formatted(GoText.quote(place));
    return new AddressException(
        "ParseAddr(%s): %s%s".formatted(GoText.quote(whole), message, where));
  }

  private void version4(String text, byte[] into, int from) {
    int value = 0;
    int digits = 0;
    int position = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        if (digits == 1 && value == 0) {
          throw wrong("IPv4 field has octet with leading zero", "");
        }
        value = value * 10 + c - '0';
        digits++;
        if (value > 0xff) {
          throw wrong("IPv4 field has value >255", "");
        }
      } else if (c == '.') {
        if (i == 0 || i == text.length() - 1 || text.charAt(i - 1) == '.') {
          throw wrong("IPv4 field must have at least one digit", text.substring(i));
        }
        if (position == V4_BYTES - 1) {
          throw wrong("IPv4 address too long", "");
        }
        into[from + position++] = (byte) value;
        value = 0;
        digits = 0;
      } else {
        throw wrong("unexpected character", text.substring(i));
      }
    }
    if (position < V4_BYTES - 1) {
      throw wrong("IPv4 address too short", "");
    }
    into[from + position] = (byte) value;
  }

  private void groups() {
    if (rest.startsWith("::")) {
      gap = 0;
      rest = rest.substring(2);
      if (rest.isEmpty()) {
        return;
      }
    }
    while (at < V6_BYTES) {
      int digits = group();
      if (digits < 0) {
        return;
      }
      rest = rest.substring(digits);
      if (rest.isEmpty()) {
        return;
      }
      if (rest.charAt(0) != ':') {
        throw wrong("unexpected character, want colon", rest);
      }
      if (rest.length() == 1) {
        throw wrong("colon must be followed by more characters", rest);
      }
      rest = rest.substring(1);
      if (rest.charAt(0) == ':' && isEndAfterGap()) {
        return;
      }
    }
  }

  private boolean isEndAfterGap() {
    if (gap >= 0) {
      throw wrong("multiple :: in address", rest);
    }
    gap = at;
    rest = rest.substring(1);
    return rest.isEmpty();
  }

  /// Answers how many digits the group has, -1 where an address of IPv4 ended it all.
  private int group() {
    int value = 0;
    int digits = 0;
    while (digits < rest.length() && Character.digit(rest.charAt(digits), 16) >= 0) {
      if (rest.charAt(digits) > 'f') {
        break;
      }
      value = (value << 4) + Character.digit(rest.charAt(digits), 16);
      if (++digits > GROUP_DIGITS) {
        throw wrong("each group must have 4 or less digits", rest);
      }
    }
    if (digits == 0) {
      throw wrong("each colon-separated field must have at least one digit", rest);
    }
    if (digits < rest.length() && rest.charAt(digits) == '.') {
      embedded();
      return -1;
    }
    bytes[at++] = (byte) (value >> 8);
    bytes[at++] = (byte) value;
    return digits;
  }

  private void embedded() {
    if (gap < 0 && at != V6_BYTES - V4_BYTES) {
      throw wrong("embedded IPv4 address must replace the final 2 fields of the address", rest);
    }
    if (at + V4_BYTES > V6_BYTES) {
      throw wrong("too many hex fields to fit an embedded IPv4 at the end of the address", rest);
    }
    version4(rest, bytes, at);
    rest = "";
    at += V4_BYTES;
  }

  private void close() {
    if (!rest.isEmpty()) {
      throw wrong("trailing garbage after address", rest);
    }
    if (at < V6_BYTES) {
      if (gap < 0) {
        throw wrong("address string too short", "");
      }
      int moved = V6_BYTES - at;
      for (int i = at - 1; i >= gap; i--) {
        bytes[i + moved] = bytes[i];
        bytes[i] = 0;
      }
      for (int i = gap; i < Math.min(gap + moved, V6_BYTES); i++) {
        bytes[i] = 0;
      }
    } else if (gap >= 0) {
      throw wrong("the :: must expand to at least one field of zeros", "");
    }
  }
}
