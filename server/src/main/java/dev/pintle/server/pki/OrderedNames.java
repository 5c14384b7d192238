package dev.pintle.server.pki;

import dev.pintle.kube.certificate.AlternativeName;
import dev.pintle.kube.certificate.RequestedNames;
import java.util.List;

/// The names of whoever asked for a certificate, as Go writes them into one.
final class OrderedNames {
  private OrderedNames() {}

  /// In DER; all values of a type are one part of the name.
  static byte[] subject(RequestedNames names) {
    return Der.sequence(names.subject().stream().map(OrderedNames::part).toList());
  }

  private static byte[] part(RequestedNames.SubjectPart part) {
    byte[] type = Der.identifier(part.type());
    return Der.setOf(
        part.texts().stream().map(text -> Der.sequence(type, Der.text(text))).toList());
  }

  static List<byte[]> alternatives(List<AlternativeName> names) {
    return names.stream().map(OrderedNames::alternative).toList();
  }

  private static byte[] alternative(AlternativeName name) {
    byte[] content = name.content().array();
    return switch (name.kind()) {
      case DNS -> GeneralNames.dns(content);
      case EMAIL -> GeneralNames.email(content);
      case ADDRESS -> GeneralNames.address(content);
      case URI -> GeneralNames.uri(content);
    };
  }
}
