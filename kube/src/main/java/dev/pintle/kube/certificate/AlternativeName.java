package dev.pintle.kube.certificate;

import dev.pintle.kernel.Bytes;
import java.nio.charset.StandardCharsets;

/// A name beside the subject.
///
/// @param content the 4 or 16 bytes of an address; else ASCII
public record AlternativeName(Kind kind, Bytes content) {
  /// In the order in which Go writes them.
  public enum Kind {
    DNS,
    EMAIL,
    ADDRESS,
    URI
  }

  /// That of a name which is no address.
  public String text() {
    return new String(content.array(), StandardCharsets.US_ASCII);
  }
}
