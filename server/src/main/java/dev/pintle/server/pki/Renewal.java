package dev.pintle.server.pki;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The renewal of the credentials of a folder, all together: those of the Kubernetes port and those of the etcd port,
/// as far as the folder has them. The key that signs service accounts' tokens stays as it is.
public final class Renewal {
  private final List<Part> parts;

  /// An authority, and who has certificates of it.
  private record Part(
      AuthorityFolder folder, String name, String client, CertificateProfile clientSubject) {}

  public Renewal(Path pki, Instant now) throws IOException, GeneralSecurityException {
    List<Part> all =
        List.of(
            new Part(
                new AuthorityFolder(pki, Pki.AUTHORITY, now),
                "ca",
                Pki.ADMIN,
                CertificateProfile.ADMIN),
            new Part(
                new AuthorityFolder(EtcdPki.folder(pki), EtcdPki.AUTHORITY, now),
                "etcd/ca",
                EtcdPki.CLIENT,
                CertificateProfile.ETCD_CLIENT));
    List<Part> there = new ArrayList<>();
    for (Part part : all) {
      if (!part.folder().files().certificates("ca").isEmpty()) {
        there.add(part);
      }
    }
    this.parts = there;
  }

  /// Issues every certificate anew, and the administrator's token where there is one.
  public void renew() throws IOException, GeneralSecurityException, StartException {
    for (Part part : parts) {
      if (part.folder().authority().key().isEmpty()) {
        throw new StartException(
            ExitCode.DATA,
            "%s: not there (expected: the authority's key); put it back, or make a new authority with: ./pintle certs rotate"
                .formatted(part.folder().files().keyPath("ca")));
      }
    }
    for (Part part : parts) {
      issueAll(part);
    }
  }

  /// As [#renew], by new authorities; those of before go on being believed.
  ///
  /// @return the authorities of which clients must be told before they believe the server again, since the old key is not there
  public List<String> rotate() throws IOException, GeneralSecurityException, StartException {
    List<String> unknown = new ArrayList<>();
    for (Part part : parts) {
      if (!part.folder().rotate()) {
        unknown.add(part.name());
      }
      issueAll(part);
    }
    return unknown;
  }

  /// Ends the belief in authorities of before.
  public void finish() throws IOException, GeneralSecurityException, StartException {
    for (Part part : parts) {
      part.folder().forgetOld();
      TrustedAuthority authority = part.folder().authority();
      if (authority.key().isPresent()) {
        issueServer(part, authority);
      }
    }
  }

  private void issueAll(Part part) throws IOException, GeneralSecurityException, StartException {
    TrustedAuthority authority = part.folder().authority();
    issueServer(part, authority);
    part.folder().issue(part.client(), authority, part.clientSubject());
    PkiFiles files = part.folder().files();
    if (files.readToken(Pki.TOKEN).isPresent()) {
      var _ = Pki.newToken(files);
    }
  }

  /// For the hosts that it is for now; the next start adds what it lacks.
  private static void issueServer(Part part, TrustedAuthority authority)
      throws IOException, GeneralSecurityException, StartException {
    List<X509Certificate> now = part.folder().files().certificates(Pki.SERVER);
    if (!now.isEmpty()) {
      CertificateProfile server = CertificateProfile.server(HostNames.of(now.getFirst()));
      part.folder().issue(Pki.SERVER, authority, server);
    }
  }
}
