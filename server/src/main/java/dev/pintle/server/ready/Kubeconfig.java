package dev.pintle.server.ready;

import dev.pintle.server.folder.PrivateFiles;
import dev.pintle.server.pki.Credential;
import dev.pintle.server.pki.Pki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/// The file with which kubectl and every other client reaches the Kubernetes API as its administrator: by certificate, and where
/// the administrator has a token, by that too, for clients that cannot present a certificate. Where there is a token, and the certificate's
/// key is on a curve, by the token alone: clients take a key that they read there for RSA unless told otherwise.
public final class Kubeconfig {
  private Kubeconfig() {}

  /// Writes `file`, readable by its owner only.
  public static void write(Path file, String server, Pki pki) throws IOException {
    PrivateFiles.write(file, text(server, pki));
  }

  /// The same as a text.
  public static String text(String server, Pki pki) {
    String token = pki.adminToken();
    return cluster(server, pki)
        + (token.isEmpty() || pki.admin().isRsa() ? certificate(pki.admin()) : "")
        + (token.isEmpty() ? "" : "    token: %s\n".formatted(token));
  }

  /// A text by which its reader is `user`, whoever that is, by their certificate.
  public static String text(String server, Pki pki, Credential user) {
    return cluster(server, pki).replace("pintle-admin", "pintle-user") + certificate(user);
  }

  private static String cluster(String server, Pki pki) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: pintle
      cluster:
        server: %s
        certificate-authority-data: %s
    contexts:
    - name: pintle
      context:
        cluster: pintle
        user: pintle-admin
    current-context: pintle
    users:
    - name: pintle-admin
      user:
    """
        .formatted(server, base64(pki.authority().pem()));
  }

  private static String certificate(Credential admin) {
    return "    client-certificate-data: %s\n    client-key-data: %s\n"
        .formatted(base64(admin.certificatePem()), base64(admin.keyPem()));
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
