package dev.pintle.kube.noderestriction;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.Locale;

/// A write that a node attempts.
///
/// @param node its name
record NodeAttempt(String node, AdmissionRequest request, ObjectView view) {

  /// As it would be; empty for a delete.
  JsonObject object() {
    JsonObject object = request.object();
    return object == null ? new JsonObject() : object;
  }

  /// As it is; empty where there is none.
  JsonObject old() {
    JsonObject old = request.old();
    return old == null ? new JsonObject() : old;
  }

  /// What the request names; empty for an object of a collection.
  String name() {
    return request.isOfCollection() ? "" : request.name();
  }

  StatusError forbidden(String why) {
    String shown = name().isEmpty() ? "Unknown" : name();
    return StatusErrors.forbidden(request.type(), shown, why);
  }

  /// As [#forbidden], of a text that begins with the node's name.
  StatusError nodeMayNot(String what) {
    return forbidden("node \"%s\" %s".formatted(node, what));
  }

  /// The object of this name, in the namespace of the request where its kind has namespaces.
  ///
  /// @throws StatusError as upstream's cache tells of what it does not have
  StoredObject require(ResourceType type, String name) {
    StoredObject found = view.find(type, type.namespaced() ? request.namespace() : "", name);
    if (found == null) {
      throw new StatusError(
          new Status(
              404,
              "NotFound",
              missing(type, name),
              Details.of(type.group(), type.kind().toLowerCase(Locale.ROOT), name)));
    }
    return found;
  }

  /// What upstream's cache says of an object that it does not have.
  static String missing(ResourceType type, String name) {
    String singular = type.kind().toLowerCase(Locale.ROOT);
    String qualified = type.group().isEmpty() ? singular : singular + "." + type.group();
    return "%s \"%s\" not found".formatted(qualified, name);
  }
}
