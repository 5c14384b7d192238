package dev.pintle.schema;

import java.util.Locale;

/// The verbs, each with the bit that stands for it in the written file.
enum VerbWord {
  CREATE(1),
  DELETE(2),
  DELETECOLLECTION(4),
  GET(8),
  LIST(16),
  PATCH(32),
  UPDATE(64),
  WATCH(128);

  private final int bit;

  VerbWord(int bit) {
    this.bit = bit;
  }

  int bit() {
    return bit;
  }

  static VerbWord of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
