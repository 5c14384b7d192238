package dev.pintle.kube.object;

import java.util.HashMap;
import java.util.Map;

/// The first names of a document, so that a name that comes again is the same text and not another one like it.
final class ReadNames {
  private static final int KEPT_MAX = 1_000;
  private static final int LENGTH_MAX = 64;

  private final Map<String, String> names = new HashMap<>();
  private final int lengthMax;

  private ReadNames(int lengthMax) {
    this.lengthMax = lengthMax;
  }

  /// Keeps the first names that are short.
  static ReadNames ofDocument() {
    return new ReadNames(LENGTH_MAX);
  }

  /// Keeps none: the parser does.
  static ReadNames none() {
    return new ReadNames(-1);
  }

  /// The text that is kept for `name`, which is itself where there is none.
  String kept(String name) {
    if (name.length() > lengthMax) {
      return name;
    }
    String known = names.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() < KEPT_MAX) {
      names.put(name, name);
    }
    return name;
  }
}
