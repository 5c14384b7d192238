package dev.pintle.kube.object;

import java.security.SecureRandom;

/// A maker of hashes that nobody outside this process can foresee: SipHash-1-3 under a key of chance.
///
/// The hash of a text that the language has is known to everyone, so a client can send texts that all have the same one, and
/// a table of them is a list. Equal values have equal hashes as long as the process lives; nothing is stored by them.
public final class Hashes {
  private static final int CHARACTERS_A_WORD = 4;
  private static final int LAST_ROUNDS = 3;
  private static final long KEY_0;
  private static final long KEY_1;

  static {
    SecureRandom chance = new SecureRandom();
    KEY_0 = chance.nextLong();
    KEY_1 = chance.nextLong();
  }

  private Hashes() {}

  public static int of(String text) {
    return sip(text, 0, text.length() / CHARACTERS_A_WORD + 1);
  }

  public static int of(long number) {
    return sip("", number, 1);
  }

  /// The hash of two things, of which the order matters.
  public static int of(int first, int second) {
    return of((long) first << 32 | (second & 0xffff_ffffL));
  }

  /// The hash of the words of a text, or of one number where the text is empty. The four parts of its state are variables of one loop,
  /// so that nothing is allocated however little the compiler inlines.
  private static int sip(String text, long number, int words) {
    long v0 = KEY_0 ^ 0x736f6d6570736575L;
    long v1 = KEY_1 ^ 0x646f72616e646f6dL;
    long v2 = KEY_0 ^ 0x6c7967656e657261L;
    long v3 = KEY_1 ^ 0x7465646279746573L;
    for (int i = 0; i < words + LAST_ROUNDS; i++) {
      long word = i >= words ? 0 : text.isEmpty() ? number : word(text, i * CHARACTERS_A_WORD);
      v2 ^= i == words ? 0xff : 0;
      v3 ^= word;
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= word;
    }
    long sum = v0 ^ v1 ^ v2 ^ v3;
    return (int) (sum ^ (sum >>> 32));
  }

  /// Four characters; the last word has what is left of them, and the length.
  private static long word(String text, int from) {
    if (from + CHARACTERS_A_WORD <= text.length()) {
      return text.charAt(from)
          | (long) text.charAt(from + 1) << 16
          | (long) text.charAt(from + 2) << 32
          | (long) text.charAt(from + 3) << 48;
    }
    long last = (long) text.length() << 48;
    for (int i = from; i < text.length(); i++) {
      last |= (long) text.charAt(i) << (16 * (i - from));
    }
    return last;
  }
}
