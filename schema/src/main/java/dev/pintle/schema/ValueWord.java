package dev.pintle.schema;

import java.util.Locale;

/// The kinds of value, each with the number that stands for it in the written file.
enum ValueWord {
  OBJECT(0),
  MAP(1),
  LIST(2),
  TEXT(3),
  INT32(4),
  INT64(5),
  DOUBLE(6),
  BOOLEAN(7),
  BYTES(8),
  TIME(9),
  MICRO_TIME(10),
  QUANTITY(11),
  INT_OR_STRING(12),
  ANY(13);

  private final int code;

  ValueWord(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /// As the tables spell it.
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
