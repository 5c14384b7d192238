package dev.pintle.storage.sealed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key of the user's. Its id is made of it, and tells nothing about it.
final class MasterKey {
  static final int BYTES = 32;

  private static final String MAC = "HmacSHA256";
  private static final int ID_BYTES = 8;

  private final byte[] key;
  private final String id;

  MasterKey(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException(
          "a key of %d bytes (expected: %d)".formatted(key.length, BYTES));
    }
    this.key = key.clone();
    byte[] id = mac("pintle key id".getBytes(StandardCharsets.US_ASCII));
    this.id = HexFormat.of().formatHex(id, 0, ID_BYTES);
  }

  String id() {
    return id;
  }

  /// The key of an epoch.
  SecretKeySpec derive(byte[] salt) {
    byte[] label = "pintle epoch ".getBytes(StandardCharsets.US_ASCII);
    byte[] text = Arrays.copyOf(label, label.length + salt.length);
    System.arraycopy(salt, 0, text, label.length, salt.length);
    return new SecretKeySpec(mac(text), "AES");
  }

  private byte[] mac(byte[] text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac.doFinal(text);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
