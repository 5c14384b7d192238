package dev.pintle.server.pki;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An authority in a folder, and what it issues: `ca.crt` holds its certificate and those before it that are still believed,
/// `ca.key` its key. While an older one is believed, `ca-cross.crt` is the new one's certificate as the old one signed it: a server
/// shows it, so that clients that know only the old one go on believing the server.
final class AuthorityFolder {
  /// A certificate with less life left is made anew.
  static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

  private static final String CA = "ca";
  private static final String CROSS = "ca-cross";
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  private static final int KEY_IDENTIFIER_BYTES = 20;

  private final PkiFiles files;
  private final String name;
  private final Instant now;

  /// @param name the beginning of its common name
  AuthorityFolder(Path folder, String name, Instant now) {
    this.files = new PkiFiles(folder);
    this.name = name;
    this.now = now;
  }

  PkiFiles files() {
    return files;
  }

  /// The authority as it is stored; made when there is none.
  TrustedAuthority authority() throws IOException, GeneralSecurityException, StartException {
    List<X509Certificate> certificates = files.certificates(CA);
    if (certificates.isEmpty()) {
      Credential made = make();
      files.write(CA, made);
      return new TrustedAuthority(made.chain(), made.key());
    }
    X509Certificate first = certificates.getFirst();
    if (end(first).isBefore(now)) {
      throw new StartException(
          ExitCode.DATA,
          "%s: the authority ended on %s (expected: one that lasts); make a new one with: ./pintle certs rotate"
              .formatted(files.certificatePath(CA), end(first)));
    }
    return new TrustedAuthority(certificates, files.key(CA, first).orElse(null));
  }

  /// The stored credential; issued anew when there is none, or it ends soon, is of another authority, or lacks a host.
  Credential leaf(String leaf, TrustedAuthority authority, CertificateProfile subject)
      throws IOException, GeneralSecurityException, StartException {
    Optional<Credential> known =
        files.read(leaf).filter(stored -> fits(stored, authority, subject));
    boolean lasts = known.filter(stored -> lasts(stored, authority)).isPresent();
    if (known.isPresent() && (lasts || authority.key().isEmpty())) {
      return known.get();
    }
    return issue(leaf, authority, subject);
  }

  /// A new credential in place of what is stored.
  Credential issue(String leaf, TrustedAuthority authority, CertificateProfile subject)
      throws IOException, GeneralSecurityException, StartException {
    PrivateKey key = requireKey(leaf, authority);
    Credential made = maker().issue(authority.certificate(), key, subject);
    if (subject.use() == CertificateProfile.Use.SERVER) {
      List<X509Certificate> chain = new ArrayList<>(made.chain());
      chain.addAll(files.certificates(CROSS));
      made = new Credential(chain, made.key());
    }
    files.write(leaf, made);
    return made;
  }

  /// A new authority. The one before goes on being believed, until [#forgetOld] or the next time.
  ///
  /// @return whether clients that know only the old one will believe the new one's server: not without the old key
  boolean rotate() throws IOException, GeneralSecurityException {
    List<X509Certificate> before = files.certificates(CA);
    Credential made = make();
    List<X509Certificate> trusted = new ArrayList<>(made.chain());
    boolean crossed = false;
    files.deleteCertificates(CROSS);
    if (!before.isEmpty() && end(before.getFirst()).isAfter(now)) {
      X509Certificate old = before.getFirst();
      trusted.add(old);
      Optional<PrivateKey> oldKey = files.key(CA, old);
      if (oldKey.isPresent()) {
        X509Certificate cross = maker().cross(old, oldKey.get(), made.certificate());
        files.writeCertificates(CROSS, List.of(cross));
        crossed = true;
      }
    }
    files.write(CA, new Credential(trusted, made.key()));
    return crossed;
  }

  /// Believes the newest authority alone.
  void forgetOld() throws IOException, GeneralSecurityException {
    files.deleteCertificates(CROSS);
    List<X509Certificate> certificates = files.certificates(CA);
    if (certificates.size() > 1) {
      files.writeCertificates(CA, List.of(certificates.getFirst()));
    }
  }

  private PrivateKey requireKey(String leaf, TrustedAuthority authority) throws StartException {
    return authority
        .key()
        .orElseThrow(() ->
            new StartException(
                ExitCode.DATA,
                "%s: must be issued, and %s is not there (expected: the authority's key); put it back for this start, or make a new authority with: ./pintle certs rotate"
                    .formatted(files.certificatePath(leaf), files.keyPath(CA))));
  }

  private Credential make() throws GeneralSecurityException {
    return maker()
        .authority(CertificateProfile.authority("%s@%d".formatted(name, now.getEpochSecond())));
  }

  private CertificateMaker maker() {
    return new CertificateMaker(new SecureRandom(), now);
  }

  private boolean fits(Credential stored, TrustedAuthority authority, CertificateProfile subject) {
    return end(stored.certificate()).isAfter(now)
        && isIssuedBy(stored.certificate(), authority.certificate())
        && HostNames.covers(stored.certificate(), subject.hosts());
  }

  /// A new one would end no later when the authority itself ends first.
  private boolean lasts(Credential stored, TrustedAuthority authority) {
    Instant end = end(stored.certificate());
    return now.plus(RENEWED_BEFORE_END).isBefore(end)
        || !end.isBefore(end(authority.certificate()));
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  /// By the identifiers of their keys (RFC 5280, 4.2.1.1): the folder is ours and private, so the question is which
  /// authority a leaf belongs to, and checking the signature would cost every start a tenth of its time.
  private static boolean isIssuedBy(X509Certificate leaf, X509Certificate authority) {
    byte[] issuer = leaf.getExtensionValue(AUTHORITY_KEY_IDENTIFIER);
    byte[] key = authority.getExtensionValue(SUBJECT_KEY_IDENTIFIER);
    return issuer != null && key != null && Arrays.equals(end(issuer), end(key));
  }

  /// The SHA-1 that either extension ends with.
  private static byte[] end(byte[] extension) {
    return Arrays.copyOfRange(
        extension, Math.max(0, extension.length - KEY_IDENTIFIER_BYTES), extension.length);
  }
}
