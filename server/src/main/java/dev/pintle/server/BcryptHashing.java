package dev.pintle.server;

import dev.pintle.etcd.auth.PasswordHashing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/// Bcrypt as etcd and OpenBSD write it.
final class BcryptHashing implements PasswordHashing {
  private static final int SALT_BYTES = 16;
  private static final String VERSION = "2a";

  private final SecureRandom random = new SecureRandom();

  @Override
  public byte[] hash(byte[] password, int cost) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return OpenBSDBCrypt.generate(VERSION, password, salt, cost)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean matches(byte[] hash, byte[] password) {
    try {
      return OpenBSDBCrypt.checkPassword(new String(hash, StandardCharsets.US_ASCII), password);
    } catch (RuntimeException noHash) {
      return false;
    }
  }
}
