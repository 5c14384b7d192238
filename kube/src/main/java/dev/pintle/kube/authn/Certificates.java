package dev.pintle.kube.authn;

import dev.pintle.kube.request.UserInfo;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The authentication of client certificates.
final class Certificates {
  private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";
  private static final int REMEMBERED_MAX = 1_024;

  // A connection shows the same one with each request.
  private final Map<X509Certificate, Optional<UserInfo>> known = new ConcurrentHashMap<>();

  /// Empty when it names nobody.
  Optional<UserInfo> caller(X509Certificate certificate) {
    Optional<UserInfo> before = known.get(certificate);
    if (before != null) {
      return before;
    }
    if (known.size() >= REMEMBERED_MAX) {
      known.clear();
    }
    return known.computeIfAbsent(certificate, Certificates::read);
  }

  private static Optional<UserInfo> read(X509Certificate certificate) {
    return CertificateSubject.of(certificate.getSubjectX500Principal())
        .map(subject ->
            new UserInfo(
                subject.name(),
                subject.uid(),
                subject.groupsAnd(UserInfo.AUTHENTICATED),
                Map.of(CREDENTIAL, List.of("X509SHA256=" + hash(certificate)))));
  }

  private static String hash(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a verified certificate has an encoding", impossible);
    }
  }
}
