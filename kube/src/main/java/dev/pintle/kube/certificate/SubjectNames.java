package dev.pintle.kube.certificate;

import dev.pintle.kube.certificate.Asn1Reader.Element;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The subject of a request: a list of names, each a set of attributes.
final class SubjectNames {
  private static final int UTF8 = 12;
  private static final int NUMERIC = 18;
  private static final int PRINTABLE = 19;
  private static final int T61 = 20;
  private static final int IA5 = 22;
  private static final int BMP = 30;
  private static final String PRINTED = " '()+,-./:=?*&";

  private SubjectNames() {}

  /// The texts of each type, from every attribute of every name.
  ///
  /// @return by object identifiers
  static Map<String, List<String>> texts(Element subject) throws MalformedException {
    Asn1Reader again = subject.again();
    Map<String, List<String>> texts = new HashMap<>();
    for (Element name :
        again.next(Asn1Reader.SEQUENCE, "RDNSequence").inside().list(Asn1Reader.SET)) {
      for (Element attribute : name.inside().list(Asn1Reader.SEQUENCE)) {
        Asn1Reader parts = attribute.inside();
        String type =
            Asn1Reader.dotted(parts.next(Asn1Reader.OBJECT_IDENTIFIER, "ObjectIdentifier"));
        Element value = parts.any();
        if (value.isPlain() && requireReadable(value)) {
          texts.computeIfAbsent(type, _ -> new ArrayList<>(1)).add(text(value));
        }
      }
    }
    return texts;
  }

  /// Whether it is a text, which has to be one of its kind.
  private static boolean requireReadable(Element value) throws MalformedException {
    byte[] content = value.content();
    switch (value.number()) {
      case UTF8 -> requireUtf8(content);
      case NUMERIC -> require("NumericString", content, c -> c == ' ' || isDigit(c));
      case PRINTABLE -> require("PrintableString", content, SubjectNames::isPrinted);
      case IA5 -> require("IA5String", content, c -> c >= 0);
      case T61 -> {}
      case BMP -> {
        if (content.length % 2 != 0) {
          throw new MalformedException("invalid BMPString");
        }
      }
      default -> {
        requireOther(value);
        return false;
      }
    }
    return true;
  }

  private static void requireOther(Element value) throws MalformedException {
    switch (value.number()) {
      case Asn1Reader.BOOLEAN -> {
        Asn1Reader.requireBoolean(value);
      }
      case Asn1Reader.INTEGER -> Asn1Reader.requireLong(value);
      case Asn1Reader.BIT_STRING -> Asn1Reader.bits(value);
      case Asn1Reader.OBJECT_IDENTIFIER -> Asn1Reader.dotted(value);
      default -> {}
    }
  }

  /// A test of one byte.
  @FunctionalInterface
  private interface ByteTest {
    boolean holds(byte one);
  }

  private static void require(String kind, byte[] content, ByteTest test)
      throws MalformedException {
    for (byte one : content) {
      if (!test.holds(one)) {
        throw Asn1Reader.syntax(kind + " contains invalid character");
      }
    }
  }

  private static void requireUtf8(byte[] content) throws MalformedException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
    } catch (CharacterCodingException wrong) {
      throw new MalformedException("asn1: invalid UTF-8 string");
    }
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isPrinted(byte c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || PRINTED.indexOf(c) >= 0;
  }

  private static String text(Element value) {
    return new String(
        value.content(),
        value.number() == BMP ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
  }
}
