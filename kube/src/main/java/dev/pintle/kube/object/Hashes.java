package dev.pintle.kube.object;

import java.security.SecureRandom;

/// A maker of hashes that nobody outside this process can foresee: SipHash-1-3 under a key of chance.
///
/// The hash of a text that the language has is known to everyone, so a client can send texts that all have the same one, and
/// a table of them is a list. Equal values have equal hashes as long as the process lives; nothing is stored by them.
public final class Hashes {
  private static final long KEY_0;
  private static final long KEY_1;

  static {
    SecureRandom chance = new SecureRandom();
    KEY_0 = chance.nextLong();
    KEY_1 = chance.nextLong();
  }

  private long v0 = KEY_0 ^ 0x736f6d6570736575L;
  private long v1 = KEY_1 ^ 0x646f72616e646f6dL;
  private long v2 = KEY_0 ^ 0x6c7967656e657261L;
  private long v3 = KEY_1 ^ 0x7465646279746573L;

  private Hashes() {}

  public static int of(String text) {
    Hashes hash = new Hashes();
    int length = text.length();
    int at = 0;
    for (; at + 4 <= length; at += 4) {
      hash.add(
          text.charAt(at)
              | (long) text.charAt(at + 1) << 16
              | (long) text.charAt(at + 2) << 32
              | (long) text.charAt(at + 3) << 48);
    }
    long last = (long) length << 48;
    for (int i = 0; at + i < length; i++) {
      last |= (long) text.charAt(at + i) << (16 * i);
    }
    hash.add(last);
    return hash.finish();
  }

  public static int of(long number) {
    Hashes hash = new Hashes();
    hash.add(number);
    return hash.finish();
  }

  /// The hash of two things, of which the order matters.
  public static int of(int first, int second) {
    return of((long) first << 32 | (second & 0xffff_ffffL));
  }

  private void add(long word) {
    v3 ^= word;
    round();
    v0 ^= word;
  }

  private int finish() {
    v2 ^= 0xff;
    round();
    round();
    round();
    long sum = v0 ^ v1 ^ v2 ^ v3;
    return (int) (sum ^ (sum >>> 32));
  }

  private void round() {
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
  }
}
