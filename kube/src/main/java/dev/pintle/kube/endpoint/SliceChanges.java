package dev.pintle.kube.endpoint;

import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.controller.Refusals;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.workqueue.Restrained;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The changes of the slices of one service or of one Endpoints object.
///
/// @param created slices without a name
record SliceChanges(List<JsonObject> created, List<JsonObject> updated, List<JsonObject> deleted) {
  SliceChanges() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  static String name(JsonObject slice) {
    return slice.objectOrEmpty("metadata").textOrEmpty("name");
  }

  void addAll(SliceChanges others) {
    created.addAll(others.created);
    updated.addAll(others.updated);
    deleted.addAll(others.deleted);
  }

  /// Those of `existing` that stay as they are.
  List<JsonObject> unchanged(List<JsonObject> existing) {
    Set<String> changed = new HashSet<>();
    updated.forEach(slice -> changed.add(name(slice)));
    deleted.forEach(slice -> changed.add(name(slice)));
    return existing.stream().filter(slice -> !changed.contains(name(slice))).toList();
  }

  /// Lets slices that would be deleted become those that would be made.
  ///
  /// @param reusable whether a slice may become another
  void reuse(Predicate<JsonObject> reusable) {
    Iterator<JsonObject> unwanted = deleted.iterator();
    while (unwanted.hasNext() && !created.isEmpty()) {
      JsonObject old = unwanted.next();
      JsonObject slice = created.getLast();
      if (old.textOrEmpty("addressType").equals(slice.textOrEmpty("addressType"))
          && reusable.test(old)) {
        slice.objectAt("metadata").set("name", name(old));
        created.removeLast();
        updated.add(slice);
        unwanted.remove();
      }
    }
  }

  /// Makes it so.
  ///
  /// @param growing whether slices may be made
  /// @return false when a slice that was to be changed is gone, so that one has to look again
  boolean write(LocalClient client, ResourceType slices, String namespace, boolean growing) {
    if (growing) {
      for (JsonObject slice : created) {
        if (!isMade(client, slices, namespace, slice)) {
          return true;
        }
      }
    }
    boolean[] complete = {true};
    Restrained.each(
        updated,
        slice -> {
          Target target = new Target(slices, namespace, name(slice));
          complete[0] &= isUpdated(client, target, slice);
        });
    Restrained.each(
        deleted,
        slice -> {
          Target target = new Target(slices, namespace, name(slice));
          Refusals.unlessGone(() -> client.delete(target, new JsonObject()));
        });
    return complete[0];
  }

  /// False in a namespace that goes, where nothing more can be made.
  private static boolean isMade(
      LocalClient client, ResourceType slices, String namespace, JsonObject slice) {
    try {
      client.create(new Target(slices, namespace, ""), slice);
      return true;
    } catch (StatusError refused) {
      if (Refusals.isTerminating(refused) || Refusals.isGone(refused)) {
        return false;
      }
      throw refused;
    }
  }

  private static boolean isUpdated(LocalClient client, Target target, JsonObject slice) {
    try {
      client.update(target, "", slice);
      return true;
    } catch (StatusError refused) {
      if (Refusals.isGone(refused)) {
        return false;
      }
      throw refused;
    }
  }
}
