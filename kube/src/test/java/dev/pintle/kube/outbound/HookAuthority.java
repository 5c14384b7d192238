package dev.pintle.kube.outbound;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The signer of the certificates of webhooks in tests, which writes them itself.
public final class HookAuthority {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final byte[] ECDSA_SHA256 = der(0x30, hex("06082a8648ce3d040302"));
  private static final Duration DAY = Duration.ofDays(1);

  private final KeyPair keys = keyPair();
  private final byte[] name;
  private final X509Certificate certificate;

  public HookAuthority(String commonName) {
    name = name(commonName);
    Instant now = Instant.now();
    certificate =
        sign(
            name,
            keys,
            now.minus(DAY),
            now.plus(DAY),
            extension("0603551d13", true, hex("30030101ff")));
  }

  /// As a `caBundle` has it.
  public String bundle() {
    try {
      String pem =
          "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
              .formatted(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()));
      return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  /// What a server shows who has these names, addresses among them, and whose certificate ends then.
  public SSLContext server(Duration until, String... names) {
    KeyPair pair = keyPair();
    Instant now = Instant.now();
    byte[] alternatives = new byte[0];
    for (String each : names) {
      byte @Nullable [] address = HostLookup.literal(each);
      alternatives =
          joined(
              alternatives,
              address == null
                  ? der(0x82, each.getBytes(StandardCharsets.US_ASCII))
                  : der(0x87, address));
    }
    X509Certificate leaf =
        sign(
            name("hook"),
            pair,
            now.minus(DAY).minus(DAY),
            now.plus(until),
            extension("0603551d11", false, der(0x30, alternatives)));
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", pair.getPrivate(), new char[0], new Certificate[] {leaf});
      KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
      shown.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private X509Certificate sign(
      byte[] subject, KeyPair pair, Instant from, Instant until, byte[] extension) {
    byte[] body =
        der(
            0x30,
            hex("a003020102"),
            der(0x02, new byte[] {1}),
            ECDSA_SHA256,
            name,
            der(0x30, time(from), time(until)),
            subject,
            pair.getPublic().getEncoded(),
            der(0xa3, der(0x30, extension)));
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(keys.getPrivate());
      signer.update(body);
      byte[] whole = der(0x30, body, ECDSA_SHA256, der(0x03, joined(new byte[1], signer.sign())));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  private static byte[] extension(String id, boolean critical, byte[] value) {
    return der(0x30, hex(id), critical ? hex("0101ff") : new byte[0], der(0x04, value));
  }

  private static byte[] time(Instant at) {
    return der(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] name(String common) {
    byte[] text = der(0x0c, common.getBytes(StandardCharsets.UTF_8));
    return der(0x30, der(0x31, der(0x30, hex("0603550403"), text)));
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

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] der(int tag, byte[]... parts) {
    byte[] content = joined(parts);
    byte[] length =
        content.length < 0x80
            ? new byte[] {(byte) content.length}
            : content.length < 0x100
                ? new byte[] {(byte) 0x81, (byte) content.length}
                : new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
    return joined(new byte[] {(byte) tag}, length, content);
  }

  /// The address that servers of tests listen on.
  static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
