package dev.pintle.wire;

import java.util.ArrayList;
import java.util.List;

/// Headers of an answer, in the order in which they were added; names are lower case.
public final class ResponseHeaders {
  private final List<String> namesAndValues = new ArrayList<>(8);

  public static ResponseHeaders of(String contentType) {
    return new ResponseHeaders().add("content-type", contentType);
  }

  public ResponseHeaders add(String name, String value) {
    namesAndValues.add(name);
    namesAndValues.add(value);
    return this;
  }

  /// Names and values in turn.
  public List<String> namesAndValues() {
    return namesAndValues;
  }
}
