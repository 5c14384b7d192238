package dev.pintle.server.pki;

import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;

/// The credentials by which the etcd port proves who it is, and those by which its clients are let in.
///
/// The authority is the port's own, as kubeadm has it: whoever may speak to the store may do everything, so a certificate that is
/// good for the Kubernetes API must not be good here.
///
/// @param client the certificate that clients show
public record EtcdPki(TrustedAuthority authority, Credential server, Credential client) {
  static final String AUTHORITY = "pintle-etcd-ca";
  static final String SERVER = "server";
  static final String CLIENT = "client";

  /// The folder of the port's credentials in that of all.
  public static Path folder(Path pki) {
    return pki.resolve("etcd");
  }

  /// The places where clients find what they need: the authority, the certificate, its key.
  public record ClientFiles(Path authority, Path certificate, Path key) {
    public static ClientFiles in(Path pki) {
      PkiFiles files = new PkiFiles(folder(pki));
      return new ClientFiles(
          files.certificatePath("ca"), files.certificatePath(CLIENT), files.keyPath(CLIENT));
    }
  }

  /// As [Pki#open].
  ///
  /// @param pki the folder of all credentials
  public static EtcdPki open(Path pki, String listenHost, Instant now)
      throws IOException, GeneralSecurityException, StartException {
    AuthorityFolder stored = new AuthorityFolder(folder(pki), AUTHORITY, now);
    TrustedAuthority authority = stored.authority();
    CertificateProfile server = CertificateProfile.server(HostNames.ofEtcd(listenHost));
    return new EtcdPki(
        authority,
        stored.leaf(SERVER, authority, server),
        stored.leaf(CLIENT, authority, CertificateProfile.ETCD_CLIENT));
  }

  /// As [Pki#passing].
  public static EtcdPki passing(String listenHost, Instant now) throws GeneralSecurityException {
    PassingAuthority made = new PassingAuthority(AUTHORITY, now);
    return new EtcdPki(
        made.authority(),
        made.issue(CertificateProfile.server(HostNames.ofEtcd(listenHost))),
        made.issue(CertificateProfile.ETCD_CLIENT));
  }
}
