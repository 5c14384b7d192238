package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.ObjectWriter.Written;
import dev.pintle.kube.store.StoredObject;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// A change that the server itself makes to an object, past the rules that hold for clients: read, change, write, again
/// when somebody was faster.
///
/// @param refused is told why it was not done
/// @param dryRun whether only the outcome is wanted
record Amendment(
    VerbContext services,
    ResourceType type,
    String namespace,
    String name,
    Consumer<? super Status> refused,
    boolean dryRun) {
  private static final int ATTEMPTS_MAX = 100;

  /// @param change makes the new tree of the old one, which is its own, and of the object as it is stored; may refuse
  /// @param done takes what was stored
  void run(
      ObjectView view,
      BiFunction<StoredObject, JsonObject, JsonObject> change,
      Consumer<StoredObject> done) {
    attempt(view, change, done, 1);
  }

  private void attempt(
      ObjectView view,
      BiFunction<StoredObject, JsonObject, JsonObject> change,
      Consumer<StoredObject> done,
      int number) {
    StoredObject stored = view.require(type, namespace, name);
    Bytes value = NewObject.stored(services, type, change.apply(stored, stored.tree()));
    if (dryRun) {
      done.accept(at(stored, value, stored.version()));
      return;
    }
    services
        .writer()
        .put(
            stored.key(),
            stored.version(),
            value,
            written -> {
              switch (written) {
                case Written.Done(var revision) ->
                    Later.run(services, refused, () -> done.accept(at(stored, value, revision)));
                case Written.Overtaken _ when number < ATTEMPTS_MAX ->
                    Later.run(
                        services,
                        refused,
                        () -> attempt(services.view(), change, done, number + 1));
                case Written.Overtaken _ ->
                    refused.accept(StatusErrors.objectModified(type, name).status());
                case Written.NotWritten(var status) -> refused.accept(status);
              }
            });
  }

  private StoredObject at(StoredObject stored, Bytes value, long revision) {
    KeyValue kv = new KeyValue(stored.key(), 0, revision, 0, 0, value);
    return services.objects().show(type, kv);
  }
}
