package dev.pintle.kube.instance;

import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.decode.Undecodable;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reading of the metadata of whole objects inside a value, which leaves in it what the API knows.
final class EmbeddedMetadata {
  private final SchemaNode objectMeta;
  private @Nullable FieldError wrong;

  private EmbeddedMetadata(SchemaNode objectMeta) {
    this.objectMeta = objectMeta;
  }

  /// Changes the value in place.
  ///
  /// @param whole whether the value itself is a whole object
  /// @return the first that is wrong, null when nothing is
  static @Nullable FieldError read(
      SchemaNode objectMeta, SchemaNode node, boolean whole, Json value, FieldPath path) {
    EmbeddedMetadata reading = new EmbeddedMetadata(objectMeta);
    EmbeddedResources.forEach(node, whole, value, path, reading::resource);
    return reading.wrong;
  }

  private void resource(JsonObject object, FieldPath path) {
    for (String name : List.of("apiVersion", "kind")) {
      Json value = object.get(name);
      if (wrong == null && value != null && !(value instanceof Json.Text)) {
        wrong = FieldError.invalid(path.child(name), value, "must be a string");
      }
    }
    Json metadata = object.get("metadata");
    if (wrong != null || metadata == null) {
      return;
    }
    try {
      object.set("metadata", Canonicalizer.metadata(objectMeta, metadata.copy()));
    } catch (Undecodable unreadable) {
      wrong = FieldError.invalid(path.child("metadata"), metadata, unreadable.getMessage());
    }
  }
}
