package dev.pintle.kube.certificate;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.certificate.DerReader.Element;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request for a certificate in the form of PKCS#10 (RFC 2986): a subject and a key, signed with that key.
///
/// @param organizations of the subject, from every attribute of every part of its name
public record SigningRequest(
    List<String> organizations, Bytes signed, Bytes key, String algorithm, Bytes signature) {
  private static final String TYPE = "CERTIFICATE REQUEST";
  private static final String ORGANIZATION = "2.5.4.10";
  private static final Map<String, String> KEYS =
      Map.of(
          "1.2.840.113549.1.1.1", "RSA",
          "1.2.840.10045.2.1", "EC",
          "1.3.101.112", "Ed25519");
  private static final List<Integer> TEXTS = List.of(0x0C, 0x12, 0x13, 0x14, 0x16, 0x1E);

  /// The name that the JDK has for an algorithm, and how a wrong signature is told.
  private record Algorithm(String keys, String name, String wrong) {}

  private static final String RSA = "crypto/rsa: verification error";
  private static final String ECDSA = "x509: ECDSA verification failure";
  private static final Map<String, Algorithm> ALGORITHMS =
      Map.of(
          "1.2.840.113549.1.1.5", new Algorithm("RSA", "SHA1withRSA", RSA),
          "1.2.840.113549.1.1.11", new Algorithm("RSA", "SHA256withRSA", RSA),
          "1.2.840.113549.1.1.12", new Algorithm("RSA", "SHA384withRSA", RSA),
          "1.2.840.113549.1.1.13", new Algorithm("RSA", "SHA512withRSA", RSA),
          "1.2.840.10045.4.1", new Algorithm("EC", "SHA1withECDSA", ECDSA),
          "1.2.840.10045.4.3.2", new Algorithm("EC", "SHA256withECDSA", ECDSA),
          "1.2.840.10045.4.3.3", new Algorithm("EC", "SHA384withECDSA", ECDSA),
          "1.2.840.10045.4.3.4", new Algorithm("EC", "SHA512withECDSA", ECDSA),
          "1.3.101.112", new Algorithm("Ed25519", "Ed25519", "x509: Ed25519 verification failure"));

  public SigningRequest {
    organizations = List.copyOf(organizations);
  }

  /// Reads the first block of PEM text.
  public static SigningRequest read(byte[] pem) throws MalformedException {
    List<PemBlock> blocks = PemBlock.all(pem);
    if (blocks.isEmpty() || !blocks.getFirst().type().equals(TYPE)) {
      throw new MalformedException("PEM block type must be CERTIFICATE REQUEST");
    }
    return of(blocks.getFirst().content().array());
  }

  /// Reads the request itself, without the text around it.
  public static SigningRequest of(byte[] der) throws MalformedException {
    DerReader outer = new DerReader(der);
    DerReader request = outer.next(DerReader.SEQUENCE).inside();
    outer.requireEnd();
    Element information = request.next(DerReader.SEQUENCE);
    String algorithm =
        DerReader.dotted(
            request.next(DerReader.SEQUENCE).inside().next(DerReader.OBJECT_IDENTIFIER));
    byte[] signature = request.next(DerReader.BIT_STRING).content();
    DerReader parts = information.inside();
    parts.next(DerReader.INTEGER);
    Element subject = parts.next(DerReader.SEQUENCE);
    Element key = parts.next(DerReader.SEQUENCE);
    parts.next(DerReader.FIRST_CONTEXT);
    return new SigningRequest(
        organizations(subject),
        Bytes.wrap(information.whole()),
        Bytes.wrap(key.whole()),
        algorithm,
        bits(signature));
  }

  private static List<String> organizations(Element subject) throws MalformedException {
    List<String> organizations = new ArrayList<>();
    DerReader names = subject.inside();
    while (names.hasNext()) {
      DerReader attributes = names.next(DerReader.SET).inside();
      while (attributes.hasNext()) {
        DerReader attribute = attributes.next(DerReader.SEQUENCE).inside();
        String type = DerReader.dotted(attribute.next(DerReader.OBJECT_IDENTIFIER));
        Element value = attribute.next();
        if (type.equals(ORGANIZATION) && TEXTS.contains(value.tag())) {
          organizations.add(value.text());
        }
      }
    }
    return organizations;
  }

  /// The first byte of a bit string says how many bits of the last one count: here always all.
  private static Bytes bits(byte[] content) throws MalformedException {
    if (content.length == 0) {
      throw new MalformedException("asn1: syntax error: zero length BIT STRING");
    }
    byte[] bits = new byte[content.length - 1];
    System.arraycopy(content, 1, bits, 0, bits.length);
    return Bytes.wrap(bits);
  }

  /// The key that asks, null when it is of a kind that nobody here knows.
  public @Nullable PublicKey publicKey() throws MalformedException {
    String kind =
        DerReader.dotted(
            new DerReader(key.array())
                .next(DerReader.SEQUENCE)
                .inside()
                .next(DerReader.SEQUENCE)
                .inside()
                .next(DerReader.OBJECT_IDENTIFIER));
    String name = KEYS.get(kind);
    if (name == null) {
      return null;
    }
    try {
      return KeyFactory.getInstance(name).generatePublic(new X509EncodedKeySpec(key.array()));
    } catch (GeneralSecurityException | ProviderException unusable) {
      throw new MalformedException("x509: unsupported or malformed public key");
    }
  }

  /// Refuses a request that is not signed with its own key.
  public void requireSigned() throws MalformedException {
    Algorithm known = ALGORITHMS.get(algorithm);
    if (known == null) {
      throw new MalformedException("x509: cannot verify signature: algorithm unimplemented");
    }
    PublicKey own;
    try {
      own =
          KeyFactory.getInstance(known.keys()).generatePublic(new X509EncodedKeySpec(key.array()));
    } catch (GeneralSecurityException | ProviderException unusable) {
      throw new MalformedException("x509: unsupported or malformed public key");
    }
    if (!verifies(known, own)) {
      throw new MalformedException(known.wrong());
    }
  }

  private boolean verifies(Algorithm known, PublicKey own) {
    try {
      Signature verifier = Signature.getInstance(known.name());
      verifier.initVerify(own);
      verifier.update(signed.array());
      return verifier.verify(signature.array());
    } catch (GeneralSecurityException | ProviderException malformed) {
      return false;
    }
  }
}
