package dev.pintle.server.pki;

import dev.pintle.server.folder.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// The credentials of a folder: `NAME.crt` and `NAME.key`, readable by the owner only. A link is no such file.
final class PkiFiles {
  private final Path folder;

  PkiFiles(Path folder) {
    this.folder = folder;
  }

  Path certificatePath(String name) {
    return folder.resolve(name + ".crt");
  }

  Path keyPath(String name) {
    return folder.resolve(name + ".key");
  }

  /// The stored credential, or empty when there is none.
  Optional<Credential> read(String name) throws IOException, GeneralSecurityException {
    List<X509Certificate> chain = certificates(name);
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    return key(name, chain.getFirst()).map(key -> new Credential(chain, key));
  }

  /// Empty when there is no such file.
  List<X509Certificate> certificates(String name) throws IOException, GeneralSecurityException {
    Path file = certificatePath(name);
    return exists(file) ? Pem.certificates(PrivateFiles.read(file)) : List.of();
  }

  /// The key that `certificate` speaks of, when it is there.
  Optional<PrivateKey> key(String name, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    Path file = keyPath(name);
    return exists(file)
        ? Optional.of(Pem.key(PrivateFiles.read(file), certificate.getPublicKey().getAlgorithm()))
        : Optional.empty();
  }

  /// The key goes first: a certificate is never there without the key it was made for.
  void write(String name, Credential credential) throws IOException {
    delete(certificatePath(name));
    PrivateFiles.write(keyPath(name), credential.keyPem());
    writeCertificates(name, credential.chain());
  }

  void writeCertificates(String name, List<X509Certificate> certificates) throws IOException {
    PrivateFiles.write(certificatePath(name), Pem.write(certificates));
  }

  void deleteCertificates(String name) throws IOException {
    delete(certificatePath(name));
  }

  Optional<String> readToken(String name) throws IOException {
    Path file = folder.resolve(name);
    return exists(file)
        ? Optional.of(PrivateFiles.read(file).strip()).filter(token -> !token.isEmpty())
        : Optional.empty();
  }

  void writeToken(String name, String token) throws IOException {
    PrivateFiles.write(folder.resolve(name), token + "\n");
  }

  void deleteToken(String name) throws IOException {
    delete(folder.resolve(name));
  }

  private static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
