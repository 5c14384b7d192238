package dev.pintle.kube.admission;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.Immutable;
import java.util.List;

/// The fields of `metadata` that the garbage collector changes so that an object can go, above all owner references and
/// finalizers. A change of these alone gives nobody a right, and must be possible for a collector that has few.
final class GarbageCollectorFields {
  private static final List<String> FIELDS =
      List.of("ownerReferences", "finalizers", "selfLink", "managedFields");

  private GarbageCollectorFields() {}

  /// Whether an update changes nothing else.
  static boolean alone(AdmissionRequest request) {
    JsonObject object = request.object();
    JsonObject old = request.old();
    return object != null
        && old != null
        && Immutable.same(without(object), without(old))
        && hasSame(object, old);
  }

  /// An empty structure is more than none.
  private static boolean hasSame(JsonObject object, JsonObject old) {
    for (JsonObject.Field field : object) {
      if (field.value() instanceof JsonObject && old.object(field.name()) == null) {
        return false;
      }
    }
    for (JsonObject.Field field : old) {
      if (field.value() instanceof JsonObject && object.object(field.name()) == null) {
        return false;
      }
    }
    return true;
  }

  private static JsonObject without(JsonObject object) {
    JsonObject rest = new JsonObject();
    object.forEach(field -> rest.set(field.name(), field.value()));
    JsonObject metadata = object.objectAt("metadata").copy();
    FIELDS.forEach(metadata::remove);
    return rest.set("metadata", metadata);
  }
}
