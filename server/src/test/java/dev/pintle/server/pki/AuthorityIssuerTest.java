package dev.pintle.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.certificate.AlternativeName;
import dev.pintle.kube.certificate.AlternativeName.Kind;
import dev.pintle.kube.certificate.CertificateOrder;
import dev.pintle.kube.certificate.RequestedNames;
import dev.pintle.kube.certificate.RequestedNames.SubjectPart;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.Test;

class AuthorityIssuerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(365));
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String ORGANIZATION = "2.5.4.10";
  private static final List<String> CLIENT = List.of("client auth");
  private final Credential authority;
  private final PublicKey asking;

  AuthorityIssuerTest() throws GeneralSecurityException {
    authority = maker().authority(CertificateProfile.authority("authority"));
    asking = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
  }

  private static CertificateMaker maker() {
    return new CertificateMaker(new SecureRandom(), NOW);
  }

  private static RequestedNames names(String name, AlternativeName... alternatives) {
    return new RequestedNames(
        List.of(new SubjectPart(COMMON_NAME, List.of(name))), List.of(alternatives));
  }

  private static AlternativeName text(Kind kind, String text) {
    return new AlternativeName(kind, Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private CertificateOrder order(
      RequestedNames names, List<String> usages, Instant now, Instant until) {
    return new CertificateOrder(names, asking, usages, now, now.minusSeconds(300), until);
  }

  private static X509Certificate issue(Credential by, CertificateOrder order)
      throws GeneralSecurityException {
    String pem = new AuthorityIssuer(by.certificate(), by.key()).issue(order);
    List<X509Certificate> chain = Pem.certificates(pem);
    assertThat(chain).hasSize(1);
    chain.getFirst().verify(by.certificate().getPublicKey());
    return chain.getFirst();
  }

  @Test
  void aCertificateSaysWhatWasOrderedAndNothingElse() throws Exception {
    RequestedNames names =
        new RequestedNames(
            List.of(
                new SubjectPart(ORGANIZATION, List.of("system:nodes", "b")),
                new SubjectPart(COMMON_NAME, List.of("system:node:n"))),
            List.of(
                text(Kind.DNS, "a.example"),
                text(Kind.DNS, "b.example"),
                text(Kind.EMAIL, "a@b.example"),
                new AlternativeName(Kind.ADDRESS, Bytes.wrap(new byte[] {10, 1, 2, 3})),
                text(Kind.URI, "spiffe://a")));
    X509Certificate certificate =
        issue(
            authority,
            order(
                names,
                List.of("server auth", "digital signature", "key encipherment", "client auth"),
                NOW,
                UNTIL));
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=system:node:n,O=b+O=system:nodes");
    assertThat(certificate.getIssuerX500Principal().getEncoded())
        .isEqualTo(authority.certificate().getSubjectX500Principal().getEncoded());
    assertThat(certificate.getPublicKey()).isEqualTo(asking);
    assertThat(certificate.getKeyUsage())
        .containsExactly(true, false, true, false, false, false, false, false, false);
    assertThat(certificate.getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(certificate.getSubjectAlternativeNames().toString())
        .isEqualTo(
            "[[2, a.example], [2, b.example], [1, a@b.example], [7, 10.1.2.3], [6, spiffe://a]]");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
    assertThat(certificate.getNonCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.17", "2.5.29.35", "2.5.29.37");
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(issuerKey(certificate)).isEqualTo(ownKey(authority.certificate()));
  }

  private static byte[] issuerKey(X509Certificate certificate) throws Exception {
    return AuthorityKeyIdentifier.getInstance(
            JcaX509ExtensionUtils.parseExtensionValue(certificate.getExtensionValue("2.5.29.35")))
        .getKeyIdentifierOctets();
  }

  private static byte[] ownKey(X509Certificate certificate) throws Exception {
    return SubjectKeyIdentifier.getInstance(
            JcaX509ExtensionUtils.parseExtensionValue(certificate.getExtensionValue("2.5.29.14")))
        .getKeyIdentifier();
  }

  @Test
  void textsThatAreNotPrintableAreUtf8() throws Exception {
    for (String name : List.of("jane", "jane@example", "Zoë")) {
      X509Certificate certificate = issue(authority, order(names(name), CLIENT, NOW, UNTIL));
      byte[] subject = certificate.getSubjectX500Principal().getEncoded();
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      assertThat(Arrays.copyOfRange(subject, subject.length - text.length, subject.length))
          .isEqualTo(text);
      assertThat(subject[subject.length - text.length - 2])
          .isEqualTo((byte) (name.equals("jane") ? 0x13 : 0x0C));
    }
  }

  @Test
  void whoHasNoSubjectHasCriticalAlternatives() throws Exception {
    RequestedNames nameless = new RequestedNames(List.of(), List.of(text(Kind.DNS, "a")));
    X509Certificate certificate = issue(authority, order(nameless, CLIENT, NOW, UNTIL));
    assertThat(certificate.getSubjectX500Principal().getName()).isEmpty();
    assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.17");
  }

  @Test
  void usagesAreSaidAsOrdered() throws Exception {
    assertThat(issue(authority, order(names("a"), CLIENT, NOW, UNTIL)).getKeyUsage()).isNull();
    List<String> all =
        List.of("decipher only", "content commitment", "s/mime", "email protection", "any");
    X509Certificate certificate = issue(authority, order(names("a"), all, NOW, UNTIL));
    assertThat(certificate.getKeyUsage())
        .containsExactly(false, true, false, false, false, false, false, false, true);
    assertThat(certificate.getExtendedKeyUsage())
        .containsExactly("2.5.29.37.0", "1.3.6.1.5.5.7.3.4");
    X509Certificate bits = issue(authority, order(names("a"), List.of("signing"), NOW, UNTIL));
    assertThat(bits.getExtendedKeyUsage()).isNull();
  }

  @Test
  void noCertificateOutlivesItsAuthority() throws Exception {
    X509Certificate certificate = issue(authority, order(names("a"), CLIENT, NOW, UNTIL));
    assertThat(certificate.getNotBefore()).isEqualTo(Date.from(NOW.minusSeconds(300)));
    assertThat(certificate.getNotAfter()).isEqualTo(Date.from(UNTIL));
    Instant late = NOW.plus(Duration.ofDays(20_000));
    X509Certificate longest = issue(authority, order(names("a"), CLIENT, NOW, late));
    assertThat(longest.getNotAfter()).isEqualTo(authority.certificate().getNotAfter());
  }

  @Test
  void anAuthorityThatHasEndedIssuesNothing() {
    Instant end = authority.certificate().getNotAfter().toInstant();
    assertThatThrownBy(() -> issue(authority, order(names("a"), CLIENT, end, end.plusSeconds(9))))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessage(
            "refusing to sign a certificate that expired in the past: NotAfter=2039-12-30 00:00:00 +0000 UTC");
    Instant over = end.plusSeconds(300);
    assertThatThrownBy(() -> issue(authority, order(names("a"), CLIENT, over, over)))
        .hasMessage("the signer has expired: NotAfter=2039-12-30 00:00:00 +0000 UTC");
  }

  @Test
  void anAuthorityOfRsaIssuesToo() throws Exception {
    Credential rsa = maker().authority(CertificateProfile.ADMIN);
    assertThat(issue(rsa, order(names("a"), CLIENT, NOW, UNTIL)).getSigAlgName())
        .isEqualTo("SHA256withRSA");
    assertThat(issue(authority, order(names("a"), CLIENT, NOW, UNTIL)).getSigAlgName())
        .isEqualTo("SHA256withECDSA");
  }

  @Test
  void theStrengthOfASignatureIsThatOfTheKey() throws Exception {
    for (String[] pair :
        new String[][] {
          {"secp256r1", "SHA256withECDSA"},
          {"secp384r1", "SHA384withECDSA"},
          {"secp521r1", "SHA512withECDSA"}
        }) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(pair[0]));
      assertThat(AuthoritySignature.of(generator.generateKeyPair().getPublic()).java())
          .isEqualTo(pair[1]);
    }
    assertThat(AuthoritySignature.of(asking)).isEqualTo(AuthoritySignature.ED25519);
  }

  @Test
  void theKeyIsNeverPrinted() {
    assertThat(new AuthorityIssuer(authority.certificate(), authority.key()).toString())
        .isEqualTo("AuthorityIssuer[CN=authority]");
  }
}
