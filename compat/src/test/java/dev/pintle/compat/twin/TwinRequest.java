package dev.pintle.compat.twin;

import java.util.List;
import java.util.Optional;

/// One request of the corpus.
///
/// @param place file and number, for messages
/// @param headers names and values
/// @param known how the answers are meant to differ; the test fails when they no longer do
public record TwinRequest(
    String place,
    String title,
    String method,
    String path,
    List<Header> headers,
    String body,
    Optional<KnownDifference> known) {

  public record Header(String name, String value) {}

  /// What it is called by, wherever it stands.
  String name() {
    return "%s %s%s".formatted(method, path, title.isEmpty() ? "" : " (" + title + ")");
  }

  @Override
  public String toString() {
    return place + " " + name();
  }
}
