package dev.pintle.kube.instance;

/// A hardware address as Go reads one: 6, 8 or 20 bytes in hexadecimal, byte by byte with colons or hyphens, or two bytes
/// each with dots.
final class MacAddress {
  private static final int BYTES_MAX = 20;

  private MacAddress() {}

  static boolean isOne(String text) {
    if (text.length() < 3 || text.length() > BYTES_MAX * 3) {
      return false;
    }
    char first = text.charAt(2);
    boolean bytes = first == ':' || first == '-';
    int digits = bytes ? 2 : 4;
    char separator = bytes ? first : '.';
    int groups = (text.length() + 1) / (digits + 1);
    return isCount(groups * digits / 2)
        && text.length() == groups * (digits + 1) - 1
        && isGrouped(text, digits, separator);
  }

  private static boolean isCount(int bytes) {
    return bytes == 6 || bytes == 8 || bytes == BYTES_MAX;
  }

  private static boolean isGrouped(String text, int digits, char separator) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean between = i % (digits + 1) == digits;
      if (between ? c != separator : c >= 0x80 || Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
