package dev.pintle.kube.certificate;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.certificate.AlternativeName.Kind;
import dev.pintle.kube.certificate.Asn1Reader.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The extensions that a request asks for, in one of its attributes.
final class RequestedExtensions {
  private static final String ASKED = "1.2.840.113549.1.9.14";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final int CONTEXT = 2;
  private static final int EMAIL = 1;
  private static final int HOST = 2;
  private static final int URI = 6;
  private static final int ADDRESS = 7;
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;

  private RequestedExtensions() {}

  /// The alternative names that are asked for. Refuses extensions that cannot be read, or come twice; attributes that cannot be read are
  /// nobody's.
  static List<AlternativeName> alternatives(List<Element> attributes) throws MalformedException {
    Set<String> names = new HashSet<>();
    List<Element> values = new ArrayList<>(0);
    for (Element attribute : attributes) {
      Element list = list(attribute);
      if (list == null) {
        continue;
      }
      List<String> here = new ArrayList<>();
      for (Element extension :
          list.again().next(Asn1Reader.SEQUENCE, "").inside().list(Asn1Reader.SEQUENCE)) {
        Asn1Reader parts = extension.inside();
        String name =
            Asn1Reader.dotted(parts.next(Asn1Reader.OBJECT_IDENTIFIER, "ObjectIdentifier"));
        Element critical = parts.nextIf(Asn1Reader.BOOLEAN);
        if (critical != null) {
          Asn1Reader.requireBoolean(critical);
        }
        Element value = parts.next(Asn1Reader.OCTET_STRING, "");
        here.add(name);
        if (name.equals(ALTERNATIVE_NAMES)) {
          values.add(value);
        }
      }
      if (!here.stream().allMatch(names::add)) {
        throw new MalformedException(
            "x509: certificate request contains duplicate requested extensions");
      }
    }
    List<AlternativeName> alternatives = new ArrayList<>(0);
    for (Element value : values) {
      addNames(value, alternatives);
    }
    return alternatives;
  }

  private static void addNames(Element value, List<AlternativeName> alternatives)
      throws MalformedException {
    List<Element> names;
    try {
      names = new ArrayList<>();
      Asn1Reader list = value.inside().next(Asn1Reader.SEQUENCE, "").inside();
      while (list.hasNext()) {
        names.add(name(list));
      }
    } catch (MalformedException wrong) {
      throw wrong.getMessage() != null && wrong.getMessage().startsWith("x509:")
          ? wrong
          : new MalformedException("x509: invalid subject alternative names");
    }
    for (Element name : names) {
      addName(name, alternatives);
    }
  }

  private static Element name(Asn1Reader list) throws MalformedException {
    try {
      return list.any();
    } catch (MalformedException wrong) {
      throw new MalformedException("x509: invalid subject alternative name");
    }
  }

  private static void addName(Element name, List<AlternativeName> alternatives)
      throws MalformedException {
    if (name.group() != CONTEXT || name.compound()) {
      return;
    }
    byte[] content = name.content();
    switch (name.number()) {
      case EMAIL -> {
        requireAscii(content, "rfc822Name");
        alternatives.add(new AlternativeName(Kind.EMAIL, Bytes.wrap(content)));
      }
      case HOST -> {
        requireAscii(content, "dNSName");
        alternatives.add(new AlternativeName(Kind.DNS, Bytes.wrap(content)));
      }
      case URI -> {
        requireAscii(content, "uniformResourceIdentifier");
        alternatives.add(new AlternativeName(Kind.URI, Bytes.wrap(content)));
      }
      case ADDRESS -> {
        if (content.length != V4_BYTES && content.length != V6_BYTES) {
          throw new MalformedException("x509: cannot parse IP address of length " + content.length);
        }
        alternatives.add(new AlternativeName(Kind.ADDRESS, Bytes.wrap(content)));
      }
      default -> {}
    }
  }

  private static void requireAscii(byte[] content, String kind) throws MalformedException {
    for (byte one : content) {
      if (one < 0) {
        throw new MalformedException("x509: SAN %s is malformed".formatted(kind));
      }
    }
  }

  private static @Nullable Element list(Element attribute) {
    try {
      Asn1Reader parts = attribute.again().next(Asn1Reader.SEQUENCE, "").inside();
      String name = Asn1Reader.dotted(parts.next(Asn1Reader.OBJECT_IDENTIFIER, ""));
      List<Element> values = parts.next(Asn1Reader.SET, "").inside().list();
      return name.equals(ASKED) && !values.isEmpty() ? values.getFirst() : null;
    } catch (MalformedException unread) {
      return null;
    }
  }
}
