package dev.pintle.kube.cel;

import java.util.ArrayList;
import java.util.List;

/// The reader of a function's signature: `string.(string, int) -> list(string)`.
final class SignatureReader {
  private final String text;
  private int at;
  private boolean generic;

  SignatureReader(String text) {
    this.text = text;
  }

  Overload overload(String id) {
    List<CelType> arguments = new ArrayList<>();
    boolean member = text.charAt(0) != '(';
    if (member) {
      arguments.add(type());
      expect(".");
    }
    arguments.addAll(list());
    expect(" -> ");
    CelType result = type();
    if (at != text.length()) {
      throw malformed();
    }
    return new Overload(id, member, List.copyOf(arguments), result, generic);
  }

  private List<CelType> list() {
    List<CelType> types = new ArrayList<>();
    expect("(");
    while (!text.startsWith(")", at)) {
      if (!types.isEmpty()) {
        expect(", ");
      }
      types.add(type());
    }
    at++;
    return types;
  }

  private CelType type() {
    int from = at;
    while (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String name = text.substring(from, at);
    return switch (name) {
      case "list" -> CelType.list(list().getFirst());
      case "map" -> {
        List<CelType> of = list();
        yield CelType.map(of.getFirst(), of.getLast());
      }
      case "optional" -> CelType.optional(list().getFirst());
      case "type" -> CelType.type(list().getFirst());
      case "bool" -> CelType.BOOL;
      case "int" -> CelType.INT;
      case "uint" -> CelType.UINT;
      case "double" -> CelType.DOUBLE;
      case "string" -> CelType.STRING;
      case "bytes" -> CelType.BYTES;
      case "duration" -> CelType.DURATION;
      case "timestamp" -> CelType.TIMESTAMP;
      case "dyn" -> CelType.DYN;
      case "Quantity" -> CelType.QUANTITY;
      case "Authorizer", "PathCheck", "GroupCheck", "ResourceCheck", "Decision" ->
          CelType.struct("kubernetes.authorization." + name);
      case "IP" -> CelType.ADDRESS;
      case "CIDR" -> CelType.ADDRESS_RANGE;
      case "URL" -> CelType.URL;
      case "Format" -> CelType.FORMAT;
      case "Semver" -> CelType.VERSION;
      default -> parameter(name);
    };
  }

  private CelType parameter(String name) {
    if (name.length() != 1) {
      throw malformed();
    }
    generic = true;
    return CelType.parameter(name);
  }

  private void expect(String part) {
    if (!text.startsWith(part, at)) {
      throw malformed();
    }
    at += part.length();
  }

  private IllegalStateException malformed() {
    return new IllegalStateException("malformed signature at %d: %s".formatted(at, text));
  }
}
