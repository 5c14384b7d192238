package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.ObjectWriter.Written;
import dev.pintle.kube.store.StoredObject;
import java.time.Instant;
import java.util.function.Consumer;

/// The deletion of one object: at once, or by steps when finalizers or a grace period stand before its end.
final class ObjectDeletion {
  private final VerbContext services;
  private final ApiRequest request;
  private final DeleteOptions options;
  private final Consumer<? super Status> refused;

  /// How it ended.
  ///
  /// @param gone false when the object still waits for its end
  record End(StoredObject last, boolean gone) {}

  /// @param refused is told why it was not done
  ObjectDeletion(
      VerbContext services,
      ApiRequest request,
      DeleteOptions options,
      Consumer<? super Status> refused) {
    this.services = services;
    this.request = request;
    this.options = options;
    this.refused = refused;
  }

  void run(ObjectView view, Consumer<End> done) {
    ResourceType type = request.type();
    StoredObject stored = view.require(type, request.namespace(), request.name());
    requirePreconditions(type, options, stored);
    JsonObject object = stored.tree();
    boolean wasBeingDeleted = Metadata.isBeingDeleted(object);
    PodGracePeriod.Decision grace =
        PodGracePeriod.decide(type, object, options, services.clock().instant());
    if (grace == PodGracePeriod.Decision.PENDING) {
      done.accept(new End(stored, false));
      return;
    }
    boolean changed = DeletionFinalizers.settle(type, object, options);
    boolean endsByItself = !wasBeingDeleted && services.rules().endsByItself(type);
    boolean waits =
        endsByItself || Metadata.hasFinalizers(object) || Namespaces.isHeld(type, object);
    if (grace == PodGracePeriod.Decision.IMMEDIATE && !waits) {
      delete(stored, done);
      return;
    }
    if (grace == PodGracePeriod.Decision.ENDING && !waits) {
      put(stored, object, marked -> end(marked.last(), done));
      return;
    }
    if (endsByItself) {
      services.rules().markDeleted(type, object, services.clock().instant());
    } else if (grace == PodGracePeriod.Decision.IMMEDIATE) {
      mark(type, object, wasBeingDeleted);
    }
    if (wasBeingDeleted
        && !changed
        && grace == PodGracePeriod.Decision.IMMEDIATE
        && !hasChanged(stored, object)) {
      done.accept(new End(stored, false));
      return;
    }
    put(stored, object, done);
  }

  /// Refuses what is not the object, or not the state of it, that the deletion is meant for.
  static void requirePreconditions(ResourceType type, DeleteOptions options, StoredObject stored) {
    if (!options.uid().isEmpty() && !options.uid().equals(stored.uid())) {
      throw StatusErrors.preconditionFailed(
          type,
          stored.name(),
          ("the UID in the precondition (%s) does not match the UID in record (%s). The object might have been deleted and"
                  + " then recreated")
              .formatted(options.uid(), stored.uid()));
    }
    String version = options.resourceVersion();
    if (!version.isEmpty() && !version.equals(Long.toString(stored.version()))) {
      throw StatusErrors.preconditionFailed(
          type,
          stored.name(),
          "the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record (%d). The object might have been modified"
              .formatted(version, stored.version()));
    }
  }

  private void mark(ResourceType type, JsonObject object, boolean wasBeingDeleted) {
    JsonObject metadata = Metadata.of(object);
    Instant now = services.clock().instant();
    if (!wasBeingDeleted) {
      Metadata.grow(object);
      metadata.set("deletionTimestamp", Metadata.time(now));
    } else if (Instant.parse(Metadata.text(object, "deletionTimestamp")).isAfter(now)) {
      metadata.set("deletionTimestamp", Metadata.time(now));
    }
    if (Namespaces.is(type)) {
      // Namespaces are marked by a way of their own upstream, which names no grace period.
      object.objectAt("status").set("phase", "Terminating");
    } else {
      metadata.set("deletionGracePeriodSeconds", Json.of(0));
    }
  }

  private boolean hasChanged(StoredObject stored, JsonObject object) {
    return !stored.tree().equals(object);
  }

  private void put(StoredObject stored, JsonObject object, Consumer<End> done) {
    Bytes value = NewObject.stored(services, request.type(), object);
    if (options.dryRun()) {
      done.accept(new End(at(stored, value, stored.version()), false));
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
                case Written.Done(var revision) -> finish(done, at(stored, value, revision), false);
                case Written.Overtaken _ -> again(done);
                case Written.NotWritten(var status) -> refused.accept(status);
              }
            });
  }

  private void end(StoredObject marked, Consumer<End> done) {
    if (options.dryRun()) {
      done.accept(new End(marked, true));
    } else {
      delete(marked, done);
    }
  }

  private void delete(StoredObject stored, Consumer<End> done) {
    if (options.dryRun()) {
      done.accept(new End(stored, true));
      return;
    }
    services
        .writer()
        .delete(
            stored.key(),
            stored.version(),
            written -> {
              switch (written) {
                // The last state carries the version of the deletion, as upstream's watch events
                // and answers do.
                case Written.Done(var revision) -> finish(done, stored.at(revision), true);
                case Written.Overtaken _ -> again(done);
                case Written.NotWritten(var status) -> refused.accept(status);
              }
            });
  }

  private void finish(Consumer<End> done, StoredObject last, boolean gone) {
    Later.guarded(refused, () -> done.accept(new End(last, gone)));
  }

  private void again(Consumer<End> done) {
    Later.run(services, refused, () -> run(services.view(), done));
  }

  private StoredObject at(StoredObject stored, Bytes value, long revision) {
    KeyValue kv = new KeyValue(stored.key(), 0, revision, 0, 0, value);
    return services.objects().show(request.type(), kv);
  }
}
