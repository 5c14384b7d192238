package dev.pintle.kube.negotiation;

import java.util.Optional;

/// The encodings of the API, in the order in which the server prefers them.
public enum MediaType {
  JSON("application/json"),
  YAML("application/yaml"),
  PROTOBUF("application/vnd.kubernetes.protobuf");

  private final String text;

  MediaType(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /// Whether events of a watch can be written in it.
  public boolean streams() {
    return this != YAML;
  }

  /// @param contentType with or without parameters; empty means JSON
  public static Optional<MediaType> ofContentType(String contentType) {
    int semicolon = contentType.indexOf(';');
    String bare = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    if (bare.isEmpty()) {
      return Optional.of(JSON);
    }
    for (MediaType type : values()) {
      if (type.text.equalsIgnoreCase(bare)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
