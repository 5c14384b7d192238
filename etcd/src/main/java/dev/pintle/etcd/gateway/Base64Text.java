package dev.pintle.etcd.gateway;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The base64 of JSON bodies, strict and lenient where Go's is: either alphabet, not both; with padding, or none; ends of lines within it
/// are passed over, though they count where it is told whether there should be padding.
final class Base64Text {
  private static final int GROUP = 4;

  private Base64Text() {}

  /// What `text` stands for; null when it is not base64.
  static byte @Nullable [] decode(byte[] text) {
    boolean padded = text.length % GROUP == 0;
    byte[] letters = withoutLineEnds(text);
    if (padded ? letters.length % GROUP != 0 : contains(letters, '=')) {
      return null;
    }
    boolean url = contains(letters, '-') || contains(letters, '_');
    try {
      return (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(letters);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static boolean contains(byte[] text, char letter) {
    for (byte next : text) {
      if (next == letter) {
        return true;
      }
    }
    return false;
  }

  private static byte[] withoutLineEnds(byte[] text) {
    if (!contains(text, '\n') && !contains(text, '\r')) {
      return text;
    }
    byte[] letters = new byte[text.length];
    int count = 0;
    for (byte next : text) {
      if (next != '\n' && next != '\r') {
        letters[count++] = next;
      }
    }
    return java.util.Arrays.copyOf(letters, count);
  }
}
