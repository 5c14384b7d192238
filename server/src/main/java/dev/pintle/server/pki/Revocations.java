package dev.pintle.server.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.util.HashSet;
import java.util.Set;

/// A list of revoked certificates (RFC 5280, 5), in DER or PEM. As in etcd their serial numbers count, whoever issued them, and the
/// list does not grow old.
public final class Revocations {
  private Revocations() {}

  /// The serial numbers of a file.
  ///
  /// @throws GeneralSecurityException for what is no such list
  public static Set<BigInteger> read(Path file) throws IOException, GeneralSecurityException {
    Set<BigInteger> serials = new HashSet<>();
    boolean found = false;
    for (CRL list :
        CertificateFactory.getInstance("X.509")
            .generateCRLs(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      found = true;
      Set<? extends X509CRLEntry> entries = ((X509CRL) list).getRevokedCertificates();
      if (entries != null) {
        entries.forEach(entry -> serials.add(entry.getSerialNumber()));
      }
    }
    if (!found) {
      throw new GeneralSecurityException("no list of revoked certificates (expected: DER, or PEM)");
    }
    return serials;
  }
}
