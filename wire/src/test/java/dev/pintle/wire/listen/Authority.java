package dev.pintle.wire.listen;

import dev.pintle.wire.tls.TlsIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// The signer of certificates for tests.
final class Authority {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final KeyPair keys = keyPair();
  private final X500Name name;
  private final X509Certificate certificate;

  Authority(String name) {
    this.name = new X500Name("CN=" + name);
    this.certificate = sign(this.name, keys, true);
  }

  X509Certificate certificate() {
    return certificate;
  }

  /// A certificate for `localhost` and 127.0.0.1, of a server or of a client.
  TlsIdentity identity(String commonName) {
    KeyPair pair = keyPair();
    return new TlsIdentity(
        pair.getPrivate(), List.of(sign(new X500Name("CN=" + commonName), pair, false)));
  }

  /// What a client needs that trusts this authority.
  SSLContext clientContext() {
    return clientContext(null);
  }

  /// The same, showing `identity`.
  SSLContext clientContext(@Nullable TlsIdentity identity) {
    try {
      KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
      KeyStore own = emptyStore();
      if (identity != null) {
        own.setKeyEntry(
            "own", identity.key(), new char[0], identity.chain().toArray(new Certificate[0]));
      }
      shown.init(own, new char[0]);
      return context(shown.getKeyManagers());
    } catch (GeneralSecurityException unusable) {
      throw new AssertionError(unusable);
    }
  }

  /// The same, but `identity` is shown whichever authorities the server names.
  SSLContext clientContextThatAlwaysShows(TlsIdentity identity) {
    try {
      return context(new KeyManager[] {new AlwaysShows(identity)});
    } catch (GeneralSecurityException unusable) {
      throw new AssertionError(unusable);
    }
  }

  private SSLContext context(KeyManager[] shown) throws GeneralSecurityException {
    KeyStore trusted = emptyStore();
    trusted.setCertificateEntry("authority", certificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  private X509Certificate sign(X500Name subject, KeyPair pair, boolean authority) {
    try {
      Instant now = Instant.now();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(now.minus(1, ChronoUnit.HOURS)),
              Date.from(now.plus(1, ChronoUnit.DAYS)),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        addUses(builder);
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (OperatorCreationException | CertIOException | GeneralSecurityException unusable) {
      throw new AssertionError(unusable);
    }
  }

  private static void addUses(X509v3CertificateBuilder builder) throws CertIOException {
    GeneralName[] names = {
      new GeneralName(GeneralName.dNSName, "localhost"),
      new GeneralName(GeneralName.iPAddress, "127.0.0.1")
    };
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    KeyPurposeId[] uses = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(uses));
  }
}
