package dev.pintle.kube.cel;

import java.util.List;
import java.util.stream.Collectors;

/// The knowledge of a value before there is one.
///
/// @param name of the type; of a parameter its own
/// @param parameters what a list, a map, an optional value or a type is of
record CelType(Kind kind, String name, List<CelType> parameters) {
  enum Kind {
    BOOL,
    INT,
    UINT,
    DOUBLE,
    STRING,
    BYTES,
    DURATION,
    TIMESTAMP,
    NULL,
    /// Known only when there is a value.
    DYN,
    /// Of an expression that is wrong; fits everywhere, so that one mistake is told once.
    ERROR,
    LIST,
    MAP,
    /// An object with declared fields, and what upstream declares as one.
    STRUCT,
    OPAQUE,
    TYPE,
    /// Stands for whatever fits.
    PARAMETER
  }

  static final CelType BOOL = new CelType(Kind.BOOL, "bool", List.of());
  static final CelType INT = new CelType(Kind.INT, "int", List.of());
  static final CelType UINT = new CelType(Kind.UINT, "uint", List.of());
  static final CelType DOUBLE = new CelType(Kind.DOUBLE, "double", List.of());
  static final CelType STRING = new CelType(Kind.STRING, "string", List.of());
  static final CelType BYTES = new CelType(Kind.BYTES, "bytes", List.of());
  static final CelType DURATION = new CelType(Kind.DURATION, "duration", List.of());
  static final CelType TIMESTAMP = new CelType(Kind.TIMESTAMP, "timestamp", List.of());
  static final CelType NULL = new CelType(Kind.NULL, "null", List.of());
  static final CelType DYN = new CelType(Kind.DYN, "dyn", List.of());
  static final CelType ERROR = new CelType(Kind.ERROR, "!error!", List.of());
  static final CelType QUANTITY = struct("kubernetes.Quantity");
  static final CelType ADDRESS = new CelType(Kind.OPAQUE, NetAddress.TYPE, List.of());
  static final CelType ADDRESS_RANGE = new CelType(Kind.OPAQUE, NetPrefix.TYPE, List.of());
  static final CelType URL = struct(WebAddress.TYPE);
  static final CelType FORMAT = struct(NamedFormat.TYPE);
  static final CelType VERSION = struct(SemanticVersion.TYPE);

  static CelType list(CelType item) {
    return new CelType(Kind.LIST, "list", List.of(item));
  }

  static CelType map(CelType key, CelType value) {
    return new CelType(Kind.MAP, "map", List.of(key, value));
  }

  static CelType optional(CelType value) {
    return new CelType(Kind.OPAQUE, "optional_type", List.of(value));
  }

  /// A plain type whose values may be absent.
  static CelType wrapper(CelType of) {
    return new CelType(of.kind(), "wrapper", List.of(of));
  }

  /// The type without that its values may be absent.
  CelType plain() {
    return isWrapper() ? parameters.getFirst() : this;
  }

  boolean isWrapper() {
    return name.equals("wrapper");
  }

  static CelType type(CelType of) {
    return new CelType(Kind.TYPE, "type", List.of(of));
  }

  static CelType struct(String name) {
    return new CelType(Kind.STRUCT, name, List.of());
  }

  static CelType parameter(String name) {
    return new CelType(Kind.PARAMETER, name, List.of());
  }

  boolean isOptional() {
    return kind == Kind.OPAQUE && name.equals("optional_type");
  }

  /// What an optional value holds when there is one; of any other type that type.
  CelType unwrapped() {
    return isOptional() ? parameters.getFirst() : this;
  }

  boolean isDynOrError() {
    return kind == Kind.DYN || kind == Kind.ERROR;
  }

  /// Whether each value of it is as large as any other.
  boolean isScalar() {
    return switch (kind) {
      case BOOL, INT, UINT, DOUBLE, DURATION, TIMESTAMP -> true;
      case OPAQUE -> isOptional() && unwrapped().isScalar();
      case STRING, BYTES, NULL, DYN, ERROR, LIST, MAP, STRUCT, TYPE, PARAMETER -> false;
    };
  }

  /// As errors tell it.
  @Override
  public String toString() {
    return parameters.isEmpty()
        ? name
        : parameters.stream()
            .map(CelType::toString)
            .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
