package dev.pintle.server.pki;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;

/// An authority that nobody keeps: it and what it issues end with whoever asked for them.
final class PassingAuthority {
  private final CertificateMaker maker;
  private final Credential made;

  /// @param name the beginning of its common name
  PassingAuthority(String name, Instant now) throws GeneralSecurityException {
    this.maker = new CertificateMaker(new SecureRandom(), now);
    this.made =
        maker.authority(
            CertificateProfile.authority("%s@%d".formatted(name, now.getEpochSecond())));
  }

  TrustedAuthority authority() {
    return new TrustedAuthority(made.chain(), made.key());
  }

  Credential issue(CertificateProfile subject) throws GeneralSecurityException {
    return maker.issue(made.certificate(), made.key(), subject);
  }
}
