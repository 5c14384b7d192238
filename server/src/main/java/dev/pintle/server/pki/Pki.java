package dev.pintle.server.pki;

import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The credentials by which the Kubernetes port proves who it is and knows its administrator.
///
/// @param authority signs the other two
/// @param server for TLS
/// @param admin the client certificate of the administrator, in the group `system:masters`
/// @param adminToken the administrator's bearer token; empty for none
public record Pki(
    TrustedAuthority authority, Credential server, Credential admin, String adminToken) {
  static final String AUTHORITY = "pintle-ca";
  static final String SERVER = "server";
  static final String ADMIN = "admin";
  static final String TOKEN = "admin.token";
  private static final int TOKEN_BYTES = 32;

  /// Reads the credentials of `folder`, makes those that are absent, near their end, or no longer fit.
  ///
  /// @param reachedAt the hosts clients will use; put into the server certificate
  /// @param token whether the administrator has a token; where not, one of before is removed
  public static Pki open(Path folder, List<String> reachedAt, boolean token, Instant now)
      throws IOException, GeneralSecurityException, StartException {
    AuthorityFolder stored = new AuthorityFolder(folder, AUTHORITY, now);
    TrustedAuthority authority = stored.authority();
    CertificateProfile server = CertificateProfile.server(HostNames.ofKubernetes(reachedAt));
    return new Pki(
        authority,
        stored.leaf(SERVER, authority, server),
        stored.leaf(ADMIN, authority, CertificateProfile.ADMIN),
        token(stored.files(), token));
  }

  /// Credentials that nobody keeps, made in no time: the administrator's key is on a curve.
  public static Pki passing(List<String> reachedAt, boolean token, Instant now)
      throws GeneralSecurityException {
    PassingAuthority made = new PassingAuthority(AUTHORITY, now);
    return new Pki(
        made.authority(),
        made.issue(CertificateProfile.server(HostNames.ofKubernetes(reachedAt))),
        made.issue(CertificateProfile.ADMIN.withKey(CertificateProfile.Key.CURVE)),
        token ? randomToken() : "");
  }

  /// A certificate by which its holder is a user of the Kubernetes API, good for a year.
  ///
  /// @param forKubeconfigs whether its key is one that every client reads from a kubeconfig, which takes a good part of a second to make
  public Credential user(String name, List<String> groups, boolean forKubeconfigs, Instant now)
      throws GeneralSecurityException {
    PrivateKey key =
        authority
            .key()
            .orElseThrow(() -> new GeneralSecurityException("the authority's key is not here"));
    CertificateProfile.Key kind =
        forKubeconfigs ? CertificateProfile.Key.RSA : CertificateProfile.Key.CURVE;
    return new CertificateMaker(new SecureRandom(), now)
        .issue(authority.certificate(), key, CertificateProfile.user(name, groups, kind));
  }

  private static String token(PkiFiles files, boolean wanted) throws IOException {
    if (!wanted) {
      files.deleteToken(TOKEN);
      return "";
    }
    Optional<String> known = files.readToken(TOKEN);
    return known.isPresent() ? known.get() : newToken(files);
  }

  static String newToken(PkiFiles files) throws IOException {
    String token = randomToken();
    files.writeToken(TOKEN, token);
    return token;
  }

  private static String randomToken() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /// Never the token.
  @Override
  public String toString() {
    return "Pki[" + server + "]";
  }
}
