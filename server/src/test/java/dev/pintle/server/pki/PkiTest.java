package dev.pintle.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.server.failure.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir private Path folder;

  private Pki open(String host, Instant now) throws Exception {
    return Pki.open(folder, List.of(host, "10.0.0.1"), true, now);
  }

  @Test
  void theAuthorityVouchesForServerAndAdmin() throws Exception {
    Pki pki = open("10.1.2.3", NOW);
    X509Certificate authority = pki.authority().certificate();
    pki.server().certificate().verify(authority.getPublicKey());
    pki.admin().certificate().verify(authority.getPublicKey());
    assertThat(authority.getBasicConstraints()).isNotNegative();
    assertThat(pki.server().certificate().getBasicConstraints()).isEqualTo(-1);
    assertThat(pki.admin().certificate().getSubjectX500Principal().getName())
        .contains("O=system:masters")
        .contains("CN=pintle-admin");
    assertThat(HostNames.of(pki.server().certificate()))
        .contains("localhost", "127.0.0.1", "kubernetes.default.svc", "10.1.2.3", "10.0.0.1");
    assertThat(pki.server().certificate().getExtendedKeyUsage())
        .isEqualTo(List.of("1.3.6.1.5.5.7.3.1"));
    assertThat(pki.admin().certificate().getExtendedKeyUsage())
        .isEqualTo(List.of("1.3.6.1.5.5.7.3.2"));
  }

  @Test
  void theEtcdPortBelievesAnAuthorityOfItsOwn() throws Exception {
    Pki kube = open("localhost", NOW);
    EtcdPki etcd = EtcdPki.open(folder, "localhost", NOW);
    X509Certificate client = etcd.client().certificate();
    client.verify(etcd.authority().certificate().getPublicKey());
    assertThat(client.getExtendedKeyUsage()).isEqualTo(List.of("1.3.6.1.5.5.7.3.2"));
    assertThat(etcd.authority().certificate()).isNotEqualTo(kube.authority().certificate());
    assertThat(EtcdPki.ClientFiles.in(folder).certificate())
        .isEqualTo(folder.resolve("etcd/client.crt"));
  }

  @Test
  void credentialsThatNobodyKeepsLeaveNoFileAndNeedNoPrimes() throws Exception {
    Pki pki = Pki.passing(List.of("10.1.2.3"), true, NOW);
    EtcdPki etcd = EtcdPki.passing("10.1.2.4", NOW);
    pki.server().certificate().verify(pki.authority().certificate().getPublicKey());
    pki.admin().certificate().verify(pki.authority().certificate().getPublicKey());
    etcd.client().certificate().verify(etcd.authority().certificate().getPublicKey());
    assertThat(pki.admin().certificate().getSubjectX500Principal().getName())
        .contains("O=system:masters");
    assertThat(pki.adminToken()).isNotEmpty();
    assertThat(Pki.passing(List.of(), false, NOW).adminToken()).isEmpty();
    assertThat(HostNames.of(etcd.server().certificate())).contains("10.1.2.4");
    assertThat(List.of(pki.admin().isRsa(), etcd.client().isRsa())).containsOnly(false);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aSecondStartFindsWhatTheFirstMade() throws Exception {
    Pki first = open("localhost", NOW);
    Pki second = open("localhost", NOW.plus(Duration.ofDays(300)));
    assertThat(second.server().certificate()).isEqualTo(first.server().certificate());
    assertThat(second.admin().certificate()).isEqualTo(first.admin().certificate());
    assertThat(second.adminToken()).isEqualTo(first.adminToken());
    assertThat(second.server().key()).isEqualTo(first.server().key());
  }

  @Test
  void aCertificateNearItsEndIsMadeAnewUnderTheSameAuthority() throws Exception {
    Pki first = open("localhost", NOW);
    Pki later = open("localhost", NOW.plus(Duration.ofDays(340)));
    assertThat(later.authority().certificate()).isEqualTo(first.authority().certificate());
    assertThat(later.server().certificate()).isNotEqualTo(first.server().certificate());
  }

  @Test
  void leavesOfAnotherAuthorityAreMadeAnew() throws Exception {
    Pki first = open("localhost", NOW);
    Files.delete(folder.resolve("ca.crt"));
    Pki second = open("localhost", NOW);
    assertThat(second.authority().certificate()).isNotEqualTo(first.authority().certificate());
    second.server().certificate().verify(second.authority().certificate().getPublicKey());
    second.admin().certificate().verify(second.authority().certificate().getPublicKey());
  }

  @Test
  void anAuthorityOfRsaVouchesToo() throws Exception {
    Credential rsa =
        new CertificateMaker(new SecureRandom(), NOW).authority(CertificateProfile.ADMIN);
    new PkiFiles(folder).write("ca", rsa);
    Pki pki = open("localhost", NOW);
    assertThat(pki.authority().certificate()).isEqualTo(rsa.certificate());
    pki.server().certificate().verify(rsa.certificate().getPublicKey());
    pki.admin().certificate().verify(rsa.certificate().getPublicKey());
  }

  @Test
  void aNewHostNeedsANewServerCertificate() throws Exception {
    Pki first = open("localhost", NOW);
    Pki moved = open("fd00::9", NOW);
    assertThat(moved.server().certificate()).isNotEqualTo(first.server().certificate());
    assertThat(moved.admin().certificate()).isEqualTo(first.admin().certificate());
    assertThat(open("fd00:0::9", NOW).server().certificate())
        .isEqualTo(moved.server().certificate());
  }

  @Test
  void secretsAreForTheOwnerOnlyAndNeverPrinted() throws Exception {
    Pki pki = open("localhost", NOW);
    for (String name : List.of("ca.key", "server.key", "admin.key", "admin.token")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
    assertThat(pki.toString()).doesNotContain(pki.adminToken());
  }

  @Test
  void withoutATokenOneOfBeforeIsRemoved() throws Exception {
    open("localhost", NOW);
    assertThat(folder.resolve("admin.token")).exists();
    assertThat(Pki.open(folder, List.of("localhost"), false, NOW).adminToken()).isEmpty();
    assertThat(folder.resolve("admin.token")).doesNotExist();
  }

  @Test
  void theAuthoritysKeyIsNeededOnlyToIssue() throws Exception {
    Pki first = open("localhost", NOW);
    Files.delete(folder.resolve("ca.key"));
    Instant nearTheEnd = NOW.plus(Duration.ofDays(350));
    assertThat(open("localhost", nearTheEnd).server().certificate())
        .isEqualTo(first.server().certificate());
    assertThat(CertificateLife.in(folder))
        .filteredOn(life -> life.endsSoon(nearTheEnd))
        .extracting(CertificateLife::name)
        .containsExactly("server", "admin");
    assertThatThrownBy(() -> open("localhost", NOW.plus(Duration.ofDays(366))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("ca.key is not there (expected: the authority's key)");
  }

  @Test
  void noCertificateOutlivesItsAuthority() throws Exception {
    Instant late = NOW.plus(Duration.ofDays(3600));
    open("localhost", NOW);
    Pki last = open("localhost", late);
    assertThat(last.server().certificate().getNotAfter())
        .isEqualTo(last.authority().certificate().getNotAfter());
    assertThat(open("localhost", late.plus(Duration.ofDays(45))).server().certificate())
        .isEqualTo(last.server().certificate());
    assertThatThrownBy(() -> open("localhost", NOW.plus(Duration.ofDays(3651))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("./pintle certs rotate");
  }
}
