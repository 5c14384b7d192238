package dev.pintle.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.server.failure.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalTest {
  private final Instant now = Instant.now();
  private final Instant later = now.plus(Duration.ofMinutes(1));

  @TempDir private Path folder;
  private Pki first;

  @BeforeEach
  void theFolderIsInUse() throws Exception {
    first = pki();
    EtcdPki.open(folder, "localhost", now);
  }

  private Pki pki() throws Exception {
    return Pki.open(folder, List.of("10.1.2.3"), true, now);
  }

  private Renewal renewal() throws Exception {
    return new Renewal(folder, later);
  }

  @Test
  void renewingIssuesAllAnewByTheSameAuthorities() throws Exception {
    EtcdPki etcd = EtcdPki.open(folder, "localhost", now);
    renewal().renew();
    Pki renewed = pki();
    assertThat(renewed.authority()).isEqualTo(first.authority());
    assertThat(renewed.server().certificate()).isNotEqualTo(first.server().certificate());
    assertThat(HostNames.of(renewed.server().certificate())).contains("10.1.2.3");
    assertThat(renewed.admin().certificate()).isNotEqualTo(first.admin().certificate());
    assertThat(renewed.adminToken()).isNotEqualTo(first.adminToken());
    assertThat(EtcdPki.open(folder, "localhost", now).client().certificate())
        .isNotEqualTo(etcd.client().certificate());
  }

  @Test
  void withoutTheKeyNothingIsRenewed() throws Exception {
    Files.delete(folder.resolve("etcd/ca.key"));
    assertThatThrownBy(() -> renewal().renew())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("etcd/ca.key: not there");
    assertThat(pki().server().certificate()).isEqualTo(first.server().certificate());
  }

  @Test
  void afterARotationBothSidesOfBothAgesBelieveEachOther() throws Exception {
    assertThat(renewal().rotate()).isEmpty();
    Pki rotated = pki();
    assertThat(rotated.authority().certificates())
        .hasSize(2)
        .contains(first.authority().certificate());
    believed(first.authority().certificates(), rotated.server().chain());
    believed(rotated.authority().certificates(), rotated.server().chain());
    believed(rotated.authority().certificates(), first.admin().chain());
    believed(rotated.authority().certificates(), rotated.admin().chain());
  }

  @Test
  void afterTheEndOfARotationTheOldIsForgotten() throws Exception {
    renewal().rotate();
    renewal().finish();
    Pki finished = pki();
    assertThat(finished.authority().certificates())
        .doesNotContain(first.authority().certificate())
        .hasSize(1);
    assertThat(finished.server().chain()).hasSize(1);
    believed(finished.authority().certificates(), finished.server().chain());
    assertThatThrownBy(() -> believed(finished.authority().certificates(), first.admin().chain()))
        .isInstanceOf(java.security.cert.CertificateException.class);
  }

  @Test
  void withoutTheOldKeyClientsMustBeTold() throws Exception {
    Files.delete(folder.resolve("ca.key"));
    assertThat(renewal().rotate()).containsExactly("ca");
    believed(pki().authority().certificates(), first.admin().chain());
  }

  private static void believed(List<X509Certificate> authorities, List<X509Certificate> chain)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry(authority.getSerialNumber().toString(), authority);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    X509TrustManager trust = (X509TrustManager) factory.getTrustManagers()[0];
    boolean server = chain.getFirst().getExtendedKeyUsage().contains("1.3.6.1.5.5.7.3.1");
    X509Certificate[] shown = chain.toArray(new X509Certificate[0]);
    if (server) {
      trust.checkServerTrusted(shown, "ECDHE_ECDSA");
    } else {
      trust.checkClientTrusted(shown, "RSA");
    }
  }
}
