package dev.pintle.kube.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Names that all have one hash in the table of the JSON parser, whatever the key of the process: of a name of eight bytes the parser
/// mixes both halves before it adds the key, so that for nearly any first half there is a second that makes up for it.
public final class ParserCollisions {
  private static final int MULTIPLIER = 33;
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int BYTES = 4;

  /// What is not written as it is.
  private static final String ESCAPED = "\"\\<>&";

  private ParserCollisions() {}

  public static List<String> names(int count) {
    int both = letters(0);
    int sum = mixed(both) + MULTIPLIER * both;
    List<String> names = new ArrayList<>(count);
    for (int number = 0; names.size() < count; number++) {
      int first = letters(number);
      String second = text((sum - mixed(first)) * inverse());
      if (second.chars().allMatch(c -> c > ' ' && c < 0x7f && ESCAPED.indexOf(c) < 0)) {
        names.add(text(first) + second);
      }
    }
    return names;
  }

  /// A document of them.
  public static String document(int count) {
    return "{\"" + String.join("\":1,\"", names(count)) + "\":1}";
  }

  private static int mixed(int half) {
    int hash = half + (half >>> 15);
    return hash ^ (hash >>> 9);
  }

  /// What the multiplier makes 1 of, modulo 2³².
  private static int inverse() {
    int inverse = 1;
    for (int i = 0; i < 5; i++) {
      inverse *= 2 - MULTIPLIER * inverse;
    }
    return inverse;
  }

  private static int letters(int number) {
    int half = 0;
    int rest = number;
    for (int i = 0; i < BYTES; i++) {
      half = half << Byte.SIZE | LETTERS.charAt(rest % LETTERS.length());
      rest /= LETTERS.length();
    }
    return half;
  }

  private static String text(int half) {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) (half >>> (Byte.SIZE * (BYTES - 1 - i)));
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
