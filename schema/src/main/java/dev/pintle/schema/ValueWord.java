package dev.pintle.schema;

import java.util.Locale;

/// The kinds of value, in the order of the numbers that stand for them in the written file.
enum ValueWord {
  OBJECT,
  MAP,
  LIST,
  TEXT,
  INT32,
  INT64,
  DOUBLE,
  BOOLEAN,
  BYTES,
  TIME,
  MICRO_TIME,
  QUANTITY,
  INT_OR_STRING,
  ANY;

  /// As the tables spell it.
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
