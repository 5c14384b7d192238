package dev.pintle.kube.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// An authority whose certificates say whom they are for and when they end, and requests for certificates.
public final class TestAuthority implements CertificateIssuer {
  private final KeyPair keys = keys();

  @Override
  public String issue(CertificateOrder order) throws GeneralSecurityException {
    X500NameBuilder subject = new X500NameBuilder();
    for (RequestedNames.SubjectPart part : order.names().subject()) {
      part.texts().forEach(text -> subject.addRDN(new ASN1ObjectIdentifier(part.type()), text));
    }
    try {
      return pem(
          "CERTIFICATE",
          new JcaX509v3CertificateBuilder(
                  new X500Name("CN=authority"),
                  BigInteger.ONE,
                  Date.from(order.from()),
                  Date.from(order.until()),
                  subject.build(),
                  order.key())
              .build(signer(keys.getPrivate()))
              .getEncoded());
    } catch (IOException failed) {
      throw new GeneralSecurityException(failed);
    }
  }

  public static X509Certificate certificate(byte[] encoded) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (GeneralSecurityException malformed) {
      throw new AssertionError(malformed);
    }
  }

  /// @param hosts names that it is to answer for
  public static String request(String commonName, List<String> organizations, String... hosts) {
    KeyPair own = keys();
    X500NameBuilder subject = new X500NameBuilder();
    organizations.forEach(each -> subject.addRDN(BCStyle.O, each));
    subject.addRDN(BCStyle.CN, commonName);
    var request = new JcaPKCS10CertificationRequestBuilder(subject.build(), own.getPublic());
    try {
      if (hosts.length > 0) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        GeneralName[] names =
            Arrays.stream(hosts)
                .map(host -> new GeneralName(GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        request.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
      }
      return pem("CERTIFICATE REQUEST", request.build(signer(own.getPrivate())).getEncoded());
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static ContentSigner signer(PrivateKey key) {
    try {
      return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
    } catch (OperatorCreationException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static String pem(String type, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(type, lines.encodeToString(der));
  }
}
