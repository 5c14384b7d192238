package dev.pintle.server.pki;

import dev.pintle.kube.token.SigningKey;
import dev.pintle.server.folder.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.function.Supplier;

/// The key that signs the tokens of service accounts, kept in `service-account.key`; made when it is first asked for, so that
/// tokens outlive the program.
public final class TokenKey implements Supplier<KeyPair> {
  private static final String ALGORITHM = "RSA";

  private final Path file;

  /// @param folder that of the other credentials
  public TokenKey(Path folder) {
    this.file = folder.resolve("service-account.key");
  }

  @Override
  public KeyPair get() {
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return read();
      }
      KeyPair made = SigningKey.newPair();
      PrivateFiles.write(file, Pem.write("PRIVATE KEY", made.getPrivate().getEncoded()));
      return made;
    } catch (IOException failed) {
      throw new UncheckedIOException(file.toString(), failed);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(file + ": not a key (expected: an RSA key in PEM)", broken);
    }
  }

  private KeyPair read() throws IOException, GeneralSecurityException {
    PrivateKey key = Pem.key(PrivateFiles.read(file), ALGORITHM);
    if (!(key instanceof RSAPrivateCrtKey rsa)) {
      throw new GeneralSecurityException("without its public half");
    }
    return new KeyPair(
        KeyFactory.getInstance(ALGORITHM)
            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())),
        key);
  }
}
