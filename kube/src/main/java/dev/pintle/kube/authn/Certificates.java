package dev.pintle.kube.authn;

import dev.pintle.kube.request.Caller;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Callers by their certificate: the common name is the user, the organisations are the groups.
final class Certificates {
  private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";
  private static final int REMEMBERED_MAX = 1_024;

  // A connection shows the same one with each request.
  private final Map<X509Certificate, Optional<Caller>> known = new ConcurrentHashMap<>();

  /// Empty when it names nobody.
  Optional<Caller> caller(X509Certificate certificate) {
    Optional<Caller> before = known.get(certificate);
    if (before != null) {
      return before;
    }
    if (known.size() >= REMEMBERED_MAX) {
      known.clear();
    }
    return known.computeIfAbsent(certificate, Certificates::read);
  }

  private static Optional<Caller> read(X509Certificate certificate) {
    String name = "";
    List<String> groups = new ArrayList<>();
    try {
      for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        switch (rdn.getType()) {
          case "CN" -> name = String.valueOf(rdn.getValue());
          case "O" -> groups.add(String.valueOf(rdn.getValue()));
          default -> {}
        }
      }
    } catch (InvalidNameException _) {
      return Optional.empty();
    }
    if (name.isEmpty()) {
      return Optional.empty();
    }
    groups.add(Caller.AUTHENTICATED);
    return Optional.of(
        new Caller(
            name, "", groups, Map.of(CREDENTIAL, List.of("X509SHA256=" + hash(certificate)))));
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
