package dev.pintle.kube.schema;

/// The kind that a value of a node has in JSON. The kinds with a name of their own beside text are those that the
/// server checks or encodes in a way of their own.
public enum ValueKind {
  /// An object whose fields are known.
  OBJECT,
  /// An object with free names and one kind of value: [SchemaNode#items].
  MAP,
  /// An array of [SchemaNode#items].
  LIST,
  TEXT,
  INT32,
  INT64,
  DOUBLE,
  BOOLEAN,
  /// Base64 text.
  BYTES,
  /// RFC 3339 text in whole seconds.
  TIME,
  /// RFC 3339 text with six digits of a second.
  MICRO_TIME,
  /// Text such as `100m`; a number is accepted.
  QUANTITY,
  /// A whole number or text.
  INT_OR_STRING,
  /// Anything at all: an embedded object, a set of fields, a JSON value.
  ANY;

  /// Whether the value is one token of JSON, neither object nor array nor free.
  public boolean isScalar() {
    return switch (this) {
      case OBJECT, MAP, LIST, ANY -> false;
      case TEXT, INT32, INT64, DOUBLE, BOOLEAN, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING ->
          true;
    };
  }
}
