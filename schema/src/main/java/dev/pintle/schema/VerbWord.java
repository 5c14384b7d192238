package dev.pintle.schema;

import java.util.Locale;

/// The verbs, in the order of the bits that stand for them in the written file.
enum VerbWord {
  CREATE,
  DELETE,
  DELETECOLLECTION,
  GET,
  LIST,
  PATCH,
  UPDATE,
  WATCH;

  static VerbWord of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
