package dev.pintle.server.ready;

import dev.pintle.server.folder.PrivateFiles;
import dev.pintle.server.pki.Pki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/// The file with which kubectl and every other client reaches the Kubernetes API as its administrator: by certificate, and where
/// the administrator has a token, by that too, for clients that cannot present a certificate.
public final class Kubeconfig {
  private Kubeconfig() {}

  /// Writes `file`, readable by its owner only.
  public static void write(Path file, String server, Pki pki) throws IOException {
    PrivateFiles.write(file, text(server, pki));
  }

  private static String text(String server, Pki pki) {
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
        client-certificate-data: %s
        client-key-data: %s
    """
            .formatted(
                server,
                base64(pki.authority().pem()),
                base64(pki.admin().certificatePem()),
                base64(pki.admin().keyPem()))
        + (pki.adminToken().isEmpty() ? "" : "    token: %s\n".formatted(pki.adminToken()));
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
