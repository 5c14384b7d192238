package dev.pintle.server.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void theAuthorityVouchesForServerAndAdmin() throws Exception {
    Pki pki = Pki.open(folder, "10.1.2.3", NOW);
    X509Certificate authority = pki.authority().certificate();
    pki.server().certificate().verify(authority.getPublicKey());
    pki.admin().certificate().verify(authority.getPublicKey());
    assertThat(authority.getBasicConstraints()).isNotNegative();
    assertThat(pki.server().certificate().getBasicConstraints()).isEqualTo(-1);
    assertThat(pki.admin().certificate().getSubjectX500Principal().getName())
        .contains("O=system:masters")
        .contains("CN=pintle-admin");
    assertThat(pki.server().certificate().getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .contains("localhost", "127.0.0.1", "kubernetes.default.svc", "10.1.2.3");
    assertThat(pki.server().certificate().getExtendedKeyUsage())
        .isEqualTo(List.of("1.3.6.1.5.5.7.3.1"));
    assertThat(pki.admin().certificate().getExtendedKeyUsage())
        .isEqualTo(List.of("1.3.6.1.5.5.7.3.2"));
  }

  @Test
  void aSecondStartFindsWhatTheFirstMade() throws Exception {
    Pki first = Pki.open(folder, "localhost", NOW);
    Pki second = Pki.open(folder, "localhost", NOW.plus(Duration.ofDays(300)));
    assertThat(second.server().certificate()).isEqualTo(first.server().certificate());
    assertThat(second.admin().certificate()).isEqualTo(first.admin().certificate());
    assertThat(second.adminToken()).isEqualTo(first.adminToken());
    assertThat(second.server().key()).isEqualTo(first.server().key());
  }

  @Test
  void aCertificateNearItsEndIsMadeAnewUnderTheSameAuthority() throws Exception {
    Pki first = Pki.open(folder, "localhost", NOW);
    Pki later = Pki.open(folder, "localhost", NOW.plus(Duration.ofDays(340)));
    assertThat(later.authority().certificate()).isEqualTo(first.authority().certificate());
    assertThat(later.server().certificate()).isNotEqualTo(first.server().certificate());
  }

  @Test
  void leavesOfAnotherAuthorityAreMadeAnew() throws Exception {
    Pki first = Pki.open(folder, "localhost", NOW);
    Files.delete(folder.resolve("ca.crt"));
    Pki second = Pki.open(folder, "localhost", NOW);
    assertThat(second.authority().certificate()).isNotEqualTo(first.authority().certificate());
    second.server().certificate().verify(second.authority().certificate().getPublicKey());
    second.admin().certificate().verify(second.authority().certificate().getPublicKey());
  }

  @Test
  void aNewHostNeedsANewServerCertificate() throws Exception {
    Pki first = Pki.open(folder, "localhost", NOW);
    Pki moved = Pki.open(folder, "10.9.9.9", NOW);
    assertThat(moved.server().certificate()).isNotEqualTo(first.server().certificate());
    assertThat(moved.admin().certificate()).isEqualTo(first.admin().certificate());
  }

  @Test
  void secretsAreForTheOwnerOnlyAndNeverPrinted() throws Exception {
    Pki pki = Pki.open(folder, "localhost", NOW);
    for (String name : List.of("ca.key", "server.key", "admin.key", "admin.token")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
    assertThat(pki.toString()).doesNotContain(pki.adminToken());
  }
}
