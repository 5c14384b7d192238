package dev.pintle.server.pki;

import dev.pintle.server.config.ApiServerIdentity;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The credentials of a Kubernetes port that its user brings.
///
/// @param server for TLS
/// @param clients the authorities whose client certificates are believed
/// @param signing signs the tokens of service accounts
/// @param checking by which tokens are checked
public record ApiServerPki(
    Credential server, List<X509Certificate> clients, KeyPair signing, List<PublicKey> checking) {
  private static final String AUTHORITY = "pintle-serving";

  public ApiServerPki {
    clients = List.copyOf(clients);
    checking = List.copyOf(checking);
  }

  /// Reads the files that `identity` names. Those of the server are made where neither is there and nobody named them, as kube-apiserver does,
  /// and left there for the next start.
  ///
  /// @param reachedAt the hosts clients will use; put into a certificate that is made
  public static ApiServerPki open(ApiServerIdentity identity, List<String> reachedAt, Instant now)
      throws IOException, GeneralSecurityException, StartException {
    if (identity.mayBeMade()
        && !Files.exists(identity.certificate())
        && !Files.exists(identity.key())) {
      PassingAuthority authority = new PassingAuthority(AUTHORITY, now);
      Credential made =
          authority.issue(CertificateProfile.server(HostNames.ofKubernetes(reachedAt)));
      List<X509Certificate> chain = new ArrayList<>(made.chain());
      chain.addAll(authority.authority().certificates());
      PrivateFiles.write(identity.key(), made.keyPem());
      PrivateFiles.write(identity.certificate(), Pem.write(chain));
    }
    List<PublicKey> checking = new ArrayList<>();
    for (var file : identity.tokenKeys()) {
      checking.addAll(UserPem.publicKeys(file));
    }
    return new ApiServerPki(
        UserPem.credential(identity.certificate(), identity.key()),
        identity.clientAuthorities().isPresent()
            ? UserPem.authorities(identity.clientAuthorities().get())
            : List.of(),
        UserPem.keyPair(identity.signingKey()),
        checking);
  }

  /// The certificates by which clients know the server, PEM: what leads from its own to an authority, or its own where nothing does.
  public String rootPem() {
    List<X509Certificate> chain = server.chain();
    return Pem.write(chain.size() > 1 ? chain.subList(1, chain.size()) : chain);
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return "ApiServerPki[" + server + "]";
  }
}
