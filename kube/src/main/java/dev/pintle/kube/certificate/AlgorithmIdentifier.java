package dev.pintle.kube.certificate;

import dev.pintle.kube.certificate.Asn1Reader.Element;
import org.jspecify.annotations.Nullable;

/// An algorithm as certificates name it.
///
/// @param name an object identifier in dotted form
/// @param parameters null when there are none
record AlgorithmIdentifier(String name, @Nullable Element parameters) {
  /// The one that comes next.
  static AlgorithmIdentifier of(Asn1Reader holder) throws MalformedException {
    Asn1Reader parts = holder.next(Asn1Reader.SEQUENCE, "AlgorithmIdentifier").inside();
    String name = Asn1Reader.dotted(parts.next(Asn1Reader.OBJECT_IDENTIFIER, "ObjectIdentifier"));
    return new AlgorithmIdentifier(name, parts.anyOrNone());
  }

  byte[] parameterBytes() {
    return parameters == null ? new byte[0] : parameters.whole();
  }
}
