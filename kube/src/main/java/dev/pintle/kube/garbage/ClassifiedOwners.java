package dev.pintle.kube.garbage;

import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The owner references of one object, classified by what their owners are now.
///
/// @param solid uids of owners that are there
/// @param dangling of owners that are not
/// @param waiting of owners that are being deleted and wait for their dependents
/// @param misplaced of owners in a namespace, which an object outside of all cannot have
/// @param unknown whether one is of a kind that is not served, of which nothing can be said
record ClassifiedOwners(
    List<String> solid,
    List<String> dangling,
    List<String> waiting,
    List<String> misplaced,
    boolean unknown) {
  /// @param dependent the object whose references they are
  static ClassifiedOwners classify(
      Target dependent, JsonObject tree, TypeSnapshot types, ObjectView view) {
    ClassifiedOwners classified =
        new ClassifiedOwners(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), false);
    boolean unknown = false;
    for (JsonObject reference : tree.objectAt("metadata").objects("ownerReferences")) {
      GroupVersionKind kind =
          GroupVersionKind.of(reference.textOrEmpty("apiVersion"), reference.textOrEmpty("kind"));
      ResourceType type = types.kind(kind);
      if (type == null) {
        unknown = true;
      } else {
        classified.add(dependent, reference, type, view);
      }
    }
    return new ClassifiedOwners(
        classified.solid, classified.dangling, classified.waiting, classified.misplaced, unknown);
  }

  private void add(Target dependent, JsonObject reference, ResourceType type, ObjectView view) {
    String uid = reference.textOrEmpty("uid");
    if (type.namespaced() && dependent.namespace().isEmpty()) {
      misplaced.add(uid);
      return;
    }
    String namespace = type.namespaced() ? dependent.namespace() : "";
    StoredObject owner = view.findMetadata(type, namespace, reference.textOrEmpty("name"));
    if (owner == null || !owner.uid().equals(uid)) {
      dangling.add(uid);
    } else if (OwnerGraph.Node.of(owner).foreground()) {
      waiting.add(uid);
    } else {
      solid.add(uid);
    }
  }

  /// Those of the owners that an object with a solid one should name no longer.
  Set<String> superfluous() {
    List<String> uids = new ArrayList<>(dangling);
    uids.addAll(waiting);
    return Set.copyOf(uids);
  }

  /// Those of the owners that are not where the object says.
  Set<String> missing() {
    List<String> uids = new ArrayList<>(dangling);
    uids.addAll(misplaced);
    return Set.copyOf(uids);
  }

  /// The references of an object but for some.
  static JsonArray without(JsonObject tree, Predicate<JsonObject> dropped) {
    JsonArray kept = new JsonArray();
    for (JsonObject reference : tree.objectAt("metadata").objects("ownerReferences")) {
      if (!dropped.test(reference)) {
        kept.add(reference.copy());
      }
    }
    return kept;
  }

  /// The references of an object, none of which keeps its owner from going.
  static JsonArray unblocking(JsonObject tree) {
    JsonArray all = new JsonArray();
    for (JsonObject reference : tree.objectAt("metadata").objects("ownerReferences")) {
      JsonObject copy = reference.copy();
      if (copy.has("blockOwnerDeletion")) {
        copy.set("blockOwnerDeletion", Json.of(false));
      }
      all.add(copy);
    }
    return all;
  }
}
