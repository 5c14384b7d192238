package dev.pintle.compat.twin;

import java.util.List;
import java.util.Optional;

/// One request of the corpus.
///
/// @param place file and number, for messages
/// @param headers names and values
/// @param difference why the answers are known to differ; the test fails when they no longer do
record TwinRequest(
    String place,
    String title,
    String method,
    String path,
    List<Header> headers,
    String body,
    Optional<String> difference) {

  record Header(String name, String value) {}

  @Override
  public String toString() {
    return "%s %s%s %s".formatted(place, title.isEmpty() ? "" : "(" + title + ") ", method, path);
  }
}
