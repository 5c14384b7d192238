package dev.pintle.server;

import dev.pintle.etcd.auth.PasswordHashing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.springframework.security.crypto.bcrypt.BCrypt;

/// Bcrypt as etcd and OpenBSD write it.
final class BcryptHashing implements PasswordHashing {
  private static final String VERSION = "$2a";

  private final SecureRandom random = new SecureRandom();

  @Override
  public byte[] hash(byte[] password, int cost) {
    String salt = BCrypt.gensalt(VERSION, cost, random);
    return BCrypt.hashpw(password, salt).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean matches(byte[] hash, byte[] password) {
    try {
      return BCrypt.checkpw(password, new String(hash, StandardCharsets.US_ASCII));
    } catch (RuntimeException noHash) {
      return false;
    }
  }
}
