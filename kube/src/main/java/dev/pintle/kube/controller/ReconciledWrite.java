package dev.pintle.kube.controller;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.VerbContext;

/// The writes of controllers. One that is overtaken is not tried again: the controller sees what overtook it as a change.
final class ReconciledWrite {
  private ReconciledWrite() {}

  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  static void write(VerbContext context, ResourceType type, StoredObject old, JsonObject now) {
    if (!now.equals(old.tree())) {
      try (ObjectTransaction transaction = new ObjectTransaction()) {
        transaction
            .unchanged(old.key(), old.version())
            .put(old.key(), context.objects().write(type, now, null))
            .commit(context.member());
      }
    }
  }

  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  static void delete(VerbContext context, StoredObject old) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.unchanged(old.key(), old.version()).delete(old.key()).commit(context.member());
    }
  }
}
