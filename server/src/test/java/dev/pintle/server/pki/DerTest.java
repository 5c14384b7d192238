package dev.pintle.server.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.Time;
import org.junit.jupiter.api.Test;

/// Every value beside that of another library.
class DerTest {
  private static byte[] other(ASN1Encodable value) throws Exception {
    return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
  }

  @Test
  void numbersAreTheShortestOfTheirKind() throws Exception {
    for (String number : List.of("0", "1", "127", "128", "255", "256", "-1", "-128", "-129")) {
      BigInteger value = new BigInteger(number);
      assertThat(Der.integer(value)).isEqualTo(other(new ASN1Integer(value)));
    }
  }

  @Test
  void identifiersOfAllLengthsAreThose() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> some =
        Stream.concat(
                Stream.of("0.0", "1.39", "2.0", "2.39", "2.40", "2.999.3", "1.2.0", "2.5.29.37.0"),
                Stream.generate(() -> arcs(random)).limit(200))
            .toList();
    for (String dotted : some) {
      assertThat(Der.identifier(dotted))
          .as("%s (seed %d)", dotted, seed)
          .isEqualTo(other(new ASN1ObjectIdentifier(dotted)));
    }
  }

  private static String arcs(Random random) {
    StringBuilder dotted = new StringBuilder("1.2");
    for (int i = random.nextInt(9); i >= 0; i--) {
      dotted.append('.').append(random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31));
    }
    return dotted.toString();
  }

  @Test
  void contentOfAllLengthsIsCounted() throws Exception {
    for (int length : new int[] {0, 1, 127, 128, 255, 256, 65_535, 65_536, 100_000}) {
      byte[] content = new byte[length];
      assertThat(Der.octets(content)).isEqualTo(other(new DEROctetString(content)));
      assertThat(Der.bits(content)).isEqualTo(other(new DERBitString(content)));
      assertThat(Der.explicit(3, Der.octets(content)))
          .isEqualTo(other(new DERTaggedObject(true, 3, new DEROctetString(content))));
      assertThat(Der.implicit(2, content))
          .isEqualTo(other(new DERTaggedObject(false, 2, new DEROctetString(content))));
    }
  }

  @Test
  void bitsThatAreNamedEndWithTheLastOne() throws Exception {
    int[] theirs = {
      KeyUsage.digitalSignature,
      KeyUsage.nonRepudiation,
      KeyUsage.keyEncipherment,
      KeyUsage.dataEncipherment,
      KeyUsage.keyAgreement,
      KeyUsage.keyCertSign,
      KeyUsage.cRLSign,
      KeyUsage.encipherOnly,
      KeyUsage.decipherOnly
    };
    for (int named = 1; named < 1 << theirs.length; named++) {
      int same = 0;
      for (int bit = 0; bit < theirs.length; bit++) {
        same |= (named & 1 << bit) != 0 ? theirs[bit] : 0;
      }
      assertThat(Der.namedBits(named)).isEqualTo(other(new KeyUsage(same)));
    }
  }

  @Test
  void aSetHasItsOwnOrderAndASequenceThatOfItsWriter() throws Exception {
    ASN1EncodableVector texts = new ASN1EncodableVector();
    List<String> words = List.of("b", "aa", "a", "Zo\u00eb", "c@d");
    for (String word : words) {
      texts.add(
          word.chars().allMatch(c -> c < 128 && c != '@')
              ? new DERPrintableString(word)
              : new DERUTF8String(word));
    }
    List<byte[]> ours = words.stream().map(Der::text).toList();
    assertThat(Der.setOf(ours)).isEqualTo(other(new DERSet(texts)));
    assertThat(Der.sequence(ours)).isEqualTo(other(new DERSequence(texts)));
  }

  @Test
  void timesHaveTheFormOfTheirYear() throws Exception {
    for (String at :
        List.of(
            "1999-12-31T23:59:59Z",
            "2026-02-28T01:02:03Z",
            "2049-12-31T23:59:59Z",
            "2050-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z")) {
      Instant instant = Instant.parse(at);
      assertThat(Der.time(instant.plusNanos(999_999_999)))
          .as(at)
          .isEqualTo(other(new Time(Date.from(instant))));
    }
  }
}
