package dev.pintle.server.pki;

import dev.pintle.server.folder.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// The credentials of a folder: `NAME.crt` and `NAME.key`, keys readable by the owner only.
final class PkiFiles {
  private final Path folder;

  PkiFiles(Path folder) {
    this.folder = folder;
  }

  /// The stored credential, or empty when there is none.
  Optional<Credential> read(String name) throws IOException, GeneralSecurityException {
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return Optional.empty();
    }
    X509Certificate read = Pem.certificate(Files.readString(certificate));
    String algorithm = read.getPublicKey().getAlgorithm();
    return Optional.of(new Credential(read, Pem.key(Files.readString(key), algorithm)));
  }

  /// The key goes first: a certificate is never there without the key it was made for.
  void write(String name, Credential credential) throws IOException {
    Files.deleteIfExists(folder.resolve(name + ".crt"));
    PrivateFiles.write(folder.resolve(name + ".key"), credential.keyPem());
    PrivateFiles.write(folder.resolve(name + ".crt"), credential.certificatePem());
  }

  Optional<String> readToken(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file)
        ? Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty())
        : Optional.empty();
  }

  void writeToken(String name, String token) throws IOException {
    PrivateFiles.write(folder.resolve(name), token + "\n");
  }
}
