package dev.pintle.kube.intercept;

import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.GroupVersionKind;
import java.nio.charset.StandardCharsets;

/// The name of an object that was sent, before anything else is done with it, or what its name is to begin with.
final class SentName {
  private SentName() {}

  /// Empty where it has none, or cannot be read: whoever works on it says why.
  static String of(String contentType, byte[] body, Protobuf protobuf, GroupVersionKind kind) {
    MediaType type = MediaType.ofContentType(contentType).orElse(MediaType.JSON);
    try {
      Json read =
          switch (type) {
            case JSON -> JsonReader.read(body);
            case YAML -> YamlReader.read(new String(body, StandardCharsets.UTF_8));
            case PROTOBUF -> protobuf.read(body, kind);
          };
      return name(read);
    } catch (RuntimeException unreadable) {
      return "";
    }
  }

  /// As above, of JSON.
  static String ofJson(byte[] body) {
    return name(JsonReader.read(body));
  }

  private static String name(Json read) {
    if (!(read instanceof JsonObject object)) {
      return "";
    }
    JsonObject metadata = object.objectOrEmpty("metadata");
    String name = metadata.textOrEmpty("name");
    return name.isEmpty() ? metadata.textOrEmpty("generateName") : name;
  }
}
