package dev.pintle.kube.controller;

import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.AppliedStatus;
import dev.pintle.kube.verb.VerbContext;

/// The writes of controllers. One that is overtaken is not tried again: the controller sees what overtook it as a change.
final class ReconciledWrite {
  private ReconciledWrite() {}

  /// Writes what a controller says of an object by applying it.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  static void applyStatus(
      VerbContext context, ResourceType type, StoredObject old, AppliedStatus status) {
    write(context, type, old, status.over(context.ownership(), type, old.tree()));
  }

  /// Writes an object whose status the server itself has changed; nothing when it is as it was.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  static void updateStatus(
      VerbContext context, ResourceType type, StoredObject old, JsonObject now) {
    if (now.equals(old.tree())) {
      return;
    }
    Write write =
        new Write(
            type.groupVersionKind(), type.schema(), type.hasStatus(), "status", ApiRequest.SERVER);
    JsonArray owners = context.ownership().updated(write, old.tree(), now);
    if (owners != null) {
      now.objectAt("metadata").set("managedFields", owners);
    }
    write(context, type, old, now);
  }

  /// Writes an object that the server itself has changed, in the name of `manager`; nothing when it is as it was.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  static void update(
      VerbContext context, ResourceType type, StoredObject old, JsonObject now, String manager) {
    if (now.equals(old.tree())) {
      return;
    }
    Write write = new Write(type.groupVersionKind(), type.schema(), type.hasStatus(), "", manager);
    JsonArray owners = context.ownership().updated(write, old.tree(), now);
    if (owners != null) {
      now.objectAt("metadata").set("managedFields", owners);
    }
    write(context, type, old, now);
  }

  private static void write(
      VerbContext context, ResourceType type, StoredObject old, JsonObject now) {
    JsonObject shaped = Canonicalizer.canonical(type.schema(), now);
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction
          .unchanged(old.key(), old.version())
          .put(old.key(), context.objects().write(type, shaped, null))
          .commit(context.member());
    }
  }

  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  static void delete(VerbContext context, StoredObject old) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.unchanged(old.key(), old.version()).delete(old.key()).commit(context.member());
    }
  }
}
