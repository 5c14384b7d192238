package dev.pintle.kube.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Texts of clients as keys of what is remembered: none takes more room than [#CHARACTERS_MAX] characters.
public final class ShortKeys {
  public static final int CHARACTERS_MAX = 300;

  private ShortKeys() {}

  /// The text itself when it is shorter than that, and its SHA-256 otherwise.
  public static String of(String text) {
    if (text.length() < CHARACTERS_MAX) {
      return text;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] sum = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return "\0" + new String(sum, StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 (expected: in every JDK)", e);
    }
  }
}
