package dev.pintle.server.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The span until a certificate of the folder ends.
///
/// @param name its file without `.crt`, below the folder of all credentials; `ca-old` for an authority that is still believed
public record CertificateLife(String name, Instant end) {
  private static final List<String> OF_KUBERNETES = List.of(Pki.SERVER, Pki.ADMIN);
  private static final List<String> OF_ETCD = List.of(EtcdPki.SERVER, EtcdPki.CLIENT);

  /// Those that are there, authorities first.
  public static List<CertificateLife> in(Path pki) throws IOException, GeneralSecurityException {
    List<CertificateLife> lives = new ArrayList<>();
    add(lives, "", new PkiFiles(pki), OF_KUBERNETES);
    add(lives, "etcd/", new PkiFiles(EtcdPki.folder(pki)), OF_ETCD);
    return lives;
  }

  private static void add(
      List<CertificateLife> lives, String prefix, PkiFiles files, List<String> leaves)
      throws IOException, GeneralSecurityException {
    String name = prefix + "ca";
    for (X509Certificate authority : files.certificates("ca")) {
      lives.add(new CertificateLife(name, authority.getNotAfter().toInstant()));
      name = prefix + "ca-old";
    }
    for (String leaf : leaves) {
      List<X509Certificate> chain = files.certificates(leaf);
      if (!chain.isEmpty()) {
        lives.add(new CertificateLife(prefix + leaf, chain.getFirst().getNotAfter().toInstant()));
      }
    }
  }

  public Duration left(Instant now) {
    return Duration.between(now, end);
  }

  /// Whether it is time to do something about it. An authority of before only has to last until clients know the new one.
  public boolean endsSoon(Instant now) {
    return !name.endsWith("ca-old") && left(now).compareTo(AuthorityFolder.RENEWED_BEFORE_END) < 0;
  }

  /// What to tell whoever must do something.
  public String warning(Instant now) {
    String remedy = name.endsWith("ca") ? "rotate" : "renew";
    long days = left(now).toDays();
    String when = left(now).isNegative() ? "ended" : "ends in %d days".formatted(days);
    return "certificate %s %s (%s); make it anew with: ./pintle certs %s"
        .formatted(name, when, end, remedy);
  }
}
