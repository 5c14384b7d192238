package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.GuaranteedUpdate.Attempts;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.util.Optional;
import java.util.OptionalLong;

/// A change that the server itself makes to an object, past the rules that hold for clients.
///
/// @param dryRun whether only the outcome is wanted
record SystemUpdate(
    VerbContext context, ResourceType type, String namespace, String name, boolean dryRun) {

  /// The maker of the new tree.
  @FunctionalInterface
  interface Change {
    /// @param tree of the object, its own
    /// @throws dev.pintle.kube.status.StatusError when the change is refused
    JsonObject apply(StoredObject stored, JsonObject tree);
  }

  /// @return what is stored now
  StoredObject run(ObjectView view, Change change) {
    return context
        .updates(type, name)
        .run(
            Attempts.UNCONDITIONAL,
            view,
            now -> {
              try (ObjectTransaction transaction = new ObjectTransaction()) {
                return attempt(now, transaction, change);
              }
            });
  }

  /// One attempt, for those who put more into its transaction; empty when it was overtaken.
  Optional<StoredObject> attempt(ObjectView view, ObjectTransaction transaction, Change change) {
    StoredObject stored = view.require(type, namespace, name);
    JsonObject next = change.apply(stored, stored.tree());
    Bytes value = NewObject.stored(context, type, next);
    StoredObject shown = shown(stored, value);
    if (dryRun) {
      return Optional.of(shown);
    }
    OptionalLong revision =
        transaction
            .unchanged(stored.key(), stored.version())
            .put(stored.key(), value)
            .commit(context.member());
    return revision.isEmpty()
        ? Optional.empty()
        : Optional.of(context.objects().stored(type, shown, revision.getAsLong()));
  }

  private StoredObject shown(StoredObject stored, Bytes value) {
    KeyValue kv = new KeyValue(stored.key(), 0, stored.version(), 0, 0, value);
    return context.objects().show(type, kv);
  }
}
