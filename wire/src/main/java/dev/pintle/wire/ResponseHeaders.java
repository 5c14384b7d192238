package dev.pintle.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Headers of an answer, in the order in which they were added, those that many answers have alike behind the others; names are lower case.
public final class ResponseHeaders implements AnswerHeaders {
  private final List<String> namesAndValues = new ArrayList<>(8);
  private @Nullable FixedHeaders fixed;

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

  /// Adds headers that many answers have alike.
  public ResponseHeaders add(FixedHeaders alike) {
    if (fixed == null) {
      fixed = alike;
    } else {
      addChecked(alike.namesAndValues());
    }
    return this;
  }

  /// Adds all of `others`, which were checked when they were added there.
  public ResponseHeaders addAll(ResponseHeaders others) {
    addChecked(others.namesAndValues);
    FixedHeaders alike = others.fixed;
    return alike == null ? this : add(alike);
  }

  private void addChecked(List<String> more) {
    // They are few: one by one they need no array on the way.
    for (int i = 0; i < more.size(); i++) {
      namesAndValues.add(more.get(i));
    }
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

  /// Names and values of all in turn.
  public List<String> namesAndValues() {
    FixedHeaders alike = fixed;
    if (alike == null) {
      return namesAndValues;
    }
    List<String> all = new ArrayList<>(namesAndValues);
    all.addAll(alike.namesAndValues());
    return all;
  }

  /// Names and values in turn of those that are not [#fixed].
  public List<String> ownNamesAndValues() {
    return namesAndValues;
  }

  /// Those that many answers have alike; null for none.
  public @Nullable FixedHeaders fixed() {
    return fixed;
  }
}
