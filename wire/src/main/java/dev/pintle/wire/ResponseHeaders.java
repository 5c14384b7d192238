package dev.pintle.wire;

import java.util.ArrayList;
import java.util.List;

/// Headers of an answer, in the order in which they were added; names are lower case.
public final class ResponseHeaders implements AnswerHeaders {
  private final List<String> namesAndValues = new ArrayList<>(8);

  public static ResponseHeaders of(String contentType) {
    return new ResponseHeaders().add("content-type", contentType);
  }

  /// Refuses a value that would end its line: what a client sent may come back in a header, but not a header of its
  /// own.
  public ResponseHeaders add(String name, String value) {
    require(name, value.indexOf('\r'));
    require(name, value.indexOf('\n'));
    require(name, value.indexOf('\0'));
    namesAndValues.add(name);
    namesAndValues.add(value);
    return this;
  }

  /// Adds all of `others`, which were checked when they were added there.
  public ResponseHeaders addAll(ResponseHeaders others) {
    List<String> more = others.namesAndValues;
    // They are few: one by one they need no array on the way.
    for (int i = 0; i < more.size(); i++) {
      namesAndValues.add(more.get(i));
    }
    return this;
  }

  @Override
  public void addTo(ResponseHeaders headers) {
    headers.addAll(this);
  }

  private static void require(String name, int control) {
    if (control >= 0) {
      throw new IllegalArgumentException(
          "header %s: control character at %d (expected: none)".formatted(name, control));
    }
  }

  /// Names and values in turn.
  public List<String> namesAndValues() {
    return namesAndValues;
  }
}
