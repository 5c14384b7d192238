package dev.pintle.etcd.auth;

import dev.pintle.kernel.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The memory of passwords that were right, so that the slow function is not run for each of a client's connections. Nothing that a password
/// could be found by is kept: an entry is a keyed hash of the user, the stored hash and the password, under a key that only this process
/// has. A password that is given anew has another stored hash, and so what is remembered of the old one is never found again.
final class CheckedPasswords {
  private static final int REMEMBERED_MAX = 4096;
  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Bytes, Boolean> right =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Boolean> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  CheckedPasswords() {
    byte[] secret = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /// What is remembered of a right password; costs as much as the three are long.
  Bytes fingerprint(Bytes user, Bytes storedHash, Bytes password) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      update(mac, user);
      update(mac, storedHash);
      update(mac, password);
      return Bytes.wrap(mac.doFinal());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("the JDK has no " + ALGORITHM, missing);
    }
  }

  private static void update(Mac mac, Bytes part) {
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.size()).array());
    mac.update(part.array());
  }

  boolean isRight(Bytes fingerprint) {
    lock.lock();
    try {
      return right.get(fingerprint) != null;
    } finally {
      lock.unlock();
    }
  }

  void remember(Bytes fingerprint) {
    lock.lock();
    try {
      right.put(fingerprint, true);
    } finally {
      lock.unlock();
    }
  }
}
