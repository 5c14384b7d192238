package dev.pintle.server.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the Kubernetes port needs to prove who it is and to know its administrator.
///
/// @param authority signs the other two
/// @param server for TLS
/// @param admin the client certificate of the administrator, in the group `system:masters`
/// @param adminToken the administrator's bearer token
public record Pki(Credential authority, Credential server, Credential admin, String adminToken) {
  /// A certificate with less life left is made anew.
  private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

  private static final int TOKEN_BYTES = 32;
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  private static final int KEY_IDENTIFIER_BYTES = 20;

  /// Reads the credentials of `folder`, makes those that are absent, near their end, or no longer fit.
  ///
  /// @param listenHost the host clients will use; put into the server certificate
  public static Pki open(Path folder, String listenHost, Instant now)
      throws IOException, GeneralSecurityException {
    return new Opening(new PkiFiles(folder), now).open(HostNames.of(listenHost));
  }

  /// Never the token.
  @Override
  public String toString() {
    return "Pki[" + server + "]";
  }

  private static final class Opening {
    private final PkiFiles files;
    private final Instant now;

    Opening(PkiFiles files, Instant now) {
      this.files = files;
      this.now = now;
    }

    Pki open(List<String> hosts) throws IOException, GeneralSecurityException {
      Credential authority = files.read("ca").filter(this::lasts).orElse(null);
      if (authority == null) {
        authority = maker().authority();
        files.write("ca", authority);
      }
      Credential server = leaf("server", authority, Subject.server(hosts));
      Credential admin = leaf("admin", authority, Subject.ADMIN);
      return new Pki(authority, server, admin, token());
    }

    private Credential leaf(String name, Credential authority, Subject subject)
        throws IOException, GeneralSecurityException {
      var known =
          files
              .read(name)
              .filter(this::lasts)
              .filter(stored -> isIssuedBy(stored, authority))
              .filter(stored -> names(stored.certificate()).containsAll(subject.hosts()));
      if (known.isPresent()) {
        return known.get();
      }
      Credential made = maker().issue(authority, subject);
      files.write(name, made);
      return made;
    }

    private String token() throws IOException {
      var known = files.readToken("admin.token");
      if (known.isPresent()) {
        return known.get();
      }
      byte[] random = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(random);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      files.writeToken("admin.token", token);
      return token;
    }

    private CertificateMaker maker() {
      return new CertificateMaker(new SecureRandom(), now);
    }

    private boolean lasts(Credential credential) {
      Instant end = credential.certificate().getNotAfter().toInstant();
      return now.plus(RENEWED_BEFORE_END).isBefore(end);
    }

    /// By the identifiers of their keys (RFC 5280, 4.2.1.1): the folder is ours and private, so the question is which
    /// authority a leaf belongs to, and checking the signature would cost every start a tenth of its time.
    private static boolean isIssuedBy(Credential credential, Credential authority) {
      byte[] issuer = credential.certificate().getExtensionValue(AUTHORITY_KEY_IDENTIFIER);
      byte[] key = authority.certificate().getExtensionValue(SUBJECT_KEY_IDENTIFIER);
      return issuer != null && key != null && Arrays.equals(end(issuer), end(key));
    }

    /// The SHA-1 that either extension ends with.
    private static byte[] end(byte[] extension) {
      return Arrays.copyOfRange(
          extension, Math.max(0, extension.length - KEY_IDENTIFIER_BYTES), extension.length);
    }

    /// Alternative names as text; an address of version 6 comes back in its long form, so it is compared in that.
    private static Set<String> names(X509Certificate certificate) {
      Set<String> names = new HashSet<>();
      try {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
          alternatives.forEach(name -> names.add(String.valueOf(name.get(1))));
        }
      } catch (CertificateParsingException unreadable) {
        return Set.of();
      }
      if (names.contains("0:0:0:0:0:0:0:1")) {
        names.add("::1");
      }
      return names;
    }
  }
}
