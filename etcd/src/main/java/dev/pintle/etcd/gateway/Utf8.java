package dev.pintle.etcd.gateway;

/// The characters of UTF-8, one at a time.
final class Utf8 {
  private static final int LAST = 0x10ffff;

  private Utf8() {}

  /// The number of bytes of the character at `at`; 0 when none stands there.
  static int length(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    int length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length <= 1) {
      return length;
    }
    if (first > 0xf4 || at + length > to) {
      return 0;
    }
    for (int i = at + 1; i < at + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return isShortest(codePoint(bytes, at, length), length) ? length : 0;
  }

  private static boolean isShortest(int character, int length) {
    return switch (length) {
      case 2 -> true;
      case 3 -> character >= 0x800 && (character < 0xd800 || character > 0xdfff);
      default -> character >= 0x10000 && character <= LAST;
    };
  }

  /// The character of `length` bytes at `at`.
  static int codePoint(byte[] bytes, int at, int length) {
    if (length == 1) {
      return bytes[at];
    }
    int character = bytes[at] & (0x7f >> length);
    for (int i = at + 1; i < at + length; i++) {
      character = character << 6 | (bytes[i] & 0x3f);
    }
    return character;
  }

  /// Writes a character at `at`, and answers where the next one goes.
  static int put(byte[] bytes, int at, int character) {
    int to = at;
    if (character < 0x80) {
      bytes[to++] = (byte) character;
    } else if (character < 0x800) {
      bytes[to++] = (byte) (0xc0 | character >> 6);
      bytes[to++] = (byte) (0x80 | (character & 0x3f));
    } else if (character < 0x10000) {
      bytes[to++] = (byte) (0xe0 | character >> 12);
      bytes[to++] = (byte) (0x80 | (character >> 6 & 0x3f));
      bytes[to++] = (byte) (0x80 | (character & 0x3f));
    } else {
      bytes[to++] = (byte) (0xf0 | character >> 18);
      bytes[to++] = (byte) (0x80 | (character >> 12 & 0x3f));
      bytes[to++] = (byte) (0x80 | (character >> 6 & 0x3f));
      bytes[to++] = (byte) (0x80 | (character & 0x3f));
    }
    return to;
  }
}
