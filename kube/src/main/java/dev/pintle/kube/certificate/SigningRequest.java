package dev.pintle.kube.certificate;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.certificate.Asn1Reader.Element;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request for a certificate in the form of PKCS#10 (RFC 2986): a subject and a key, signed with that key.
///
/// @param key as it is written, with its algorithm
/// @param algorithm the object identifier of that of the signature, in dotted form
public record SigningRequest(
    RequestedNames names, Bytes signed, Bytes key, String algorithm, Bytes signature) {
  private static final String TYPE = "CERTIFICATE REQUEST";

  /// The name that the JDK has for an algorithm, and how a wrong signature is told.
  private record Algorithm(KeyKind keys, String name, String wrong) {}

  private static final int RSA_BITS_MIN = 1_024;
  private static final String MD5 = "1.2.840.113549.1.1.4";
  private static final String RSA = "crypto/rsa: verification error";
  private static final String ECDSA = "x509: ECDSA verification failure";
  private static final Map<String, Algorithm> ALGORITHMS =
      Map.of(
          "1.2.840.113549.1.1.5", new Algorithm(KeyKind.RSA, "SHA1withRSA", RSA),
          "1.2.840.113549.1.1.11", new Algorithm(KeyKind.RSA, "SHA256withRSA", RSA),
          "1.2.840.113549.1.1.12", new Algorithm(KeyKind.RSA, "SHA384withRSA", RSA),
          "1.2.840.113549.1.1.13", new Algorithm(KeyKind.RSA, "SHA512withRSA", RSA),
          "1.2.840.10045.4.1", new Algorithm(KeyKind.EC, "SHA1withECDSA", ECDSA),
          "1.2.840.10045.4.3.2", new Algorithm(KeyKind.EC, "SHA256withECDSA", ECDSA),
          "1.2.840.10045.4.3.3", new Algorithm(KeyKind.EC, "SHA384withECDSA", ECDSA),
          "1.2.840.10045.4.3.4", new Algorithm(KeyKind.EC, "SHA512withECDSA", ECDSA),
          "1.3.101.112",
              new Algorithm(KeyKind.ED25519, "Ed25519", "x509: Ed25519 verification failure"));

  /// Reads the first block of PEM text.
  public static SigningRequest read(byte[] pem) throws MalformedException {
    List<PemBlock> blocks = PemBlock.all(pem);
    if (blocks.isEmpty() || !blocks.getFirst().type().equals(TYPE)) {
      throw new MalformedException("PEM block type must be CERTIFICATE REQUEST");
    }
    return of(blocks.getFirst().content().array());
  }

  /// Reads the request itself, without the text around it: all of its structure first, then what is in it.
  public static SigningRequest of(byte[] der) throws MalformedException {
    Asn1Reader outer = new Asn1Reader(der);
    Asn1Reader request = outer.next(Asn1Reader.SEQUENCE, "certificateRequest").inside();
    Element information = request.next(Asn1Reader.SEQUENCE, "tbsCertificateRequest");
    Asn1Reader parts = information.inside();
    Asn1Reader.requireLong(parts.next(Asn1Reader.INTEGER, "int"));
    Element subject = parts.any();
    Element key = parts.next(Asn1Reader.SEQUENCE, "publicKeyInfo");
    SubjectPublicKeyInfo asking = SubjectPublicKeyInfo.of(key);
    List<Element> attributes = parts.tagged(0).inside().list();
    String algorithm = AlgorithmIdentifier.of(request).name();
    byte[] signature = Asn1Reader.bits(request.next(Asn1Reader.BIT_STRING, "BitString"));
    if (outer.hasNext()) {
      throw Asn1Reader.syntax("trailing data");
    }
    asking.require();
    Map<String, List<String>> texts = SubjectNames.texts(subject);
    return new SigningRequest(
        RequestedNames.of(texts, RequestedExtensions.alternatives(attributes)),
        Bytes.wrap(information.whole()),
        Bytes.wrap(key.whole()),
        algorithm,
        Bytes.wrap(signature));
  }

  /// That of the subject, the last one; empty when it has none.
  public String commonName() {
    return names.commonName();
  }

  /// Those of the subject, from every attribute of every part of its name.
  public List<String> organizations() {
    return names.organizations();
  }

  /// The key that asks, null when it is of a kind that nobody here knows.
  public @Nullable PublicKey publicKey() throws MalformedException {
    String name = kind().java();
    if (name.isEmpty()) {
      return null;
    }
    try {
      return KeyFactory.getInstance(name).generatePublic(new X509EncodedKeySpec(key.array()));
    } catch (GeneralSecurityException | ProviderException unusable) {
      throw new MalformedException("x509: unsupported or malformed public key");
    }
  }

  private KeyKind kind() throws MalformedException {
    return SubjectPublicKeyInfo.of(new Asn1Reader(key.array()).any()).kind();
  }

  /// Refuses a request that is not signed with its own key.
  public void requireSigned() throws MalformedException {
    var _ = provenKey();
  }

  /// The key that asks, with which the request is signed.
  public PublicKey provenKey() throws MalformedException {
    if (algorithm.equals(MD5)) {
      throw new MalformedException("x509: cannot verify signature: insecure algorithm MD5-RSA");
    }
    Algorithm known = ALGORITHMS.get(algorithm);
    KeyKind kind = kind();
    PublicKey own = publicKey();
    if (known == null || own == null) {
      throw new MalformedException("x509: cannot verify signature: algorithm unimplemented");
    }
    if (known.keys() != kind) {
      throw new MalformedException(
          "x509: signature algorithm specifies an %s public key, but have public key of type %s"
              .formatted(known.keys().told(), kind.type()));
    }
    if (own instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
      throw new MalformedException(
          "crypto/rsa: %d-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)"
              .formatted(rsa.getModulus().bitLength()));
    }
    if (!verifies(known, own)) {
      throw new MalformedException(known.wrong());
    }
    return own;
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
