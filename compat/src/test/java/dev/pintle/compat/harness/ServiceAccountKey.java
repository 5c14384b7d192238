package dev.pintle.compat.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

/// The key by which the real API servers of one JVM of the tests sign the tokens of service accounts. The search for its primes
/// takes seconds of a processor, and no test looks at it: so there is one for all of them.
final class ServiceAccountKey {
  private static final int BITS = 2048;

  private ServiceAccountKey() {}

  /// A file with it, in a folder of one server.
  static Path in(Path folder) throws IOException {
    return Files.writeString(folder.resolve("sa.key"), Made.PEM);
  }

  /// Made when the first server starts.
  private static final class Made {
    static final String PEM =
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(encoded()));

    private static byte[] encoded() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        return generator.generateKeyPair().getPrivate().getEncoded();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("RSA", e);
      }
    }
  }
}
