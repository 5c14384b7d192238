package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.GuaranteedUpdate.Attempts;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// The deletion of one object: at once, or by steps when finalizers or a grace period stand before its end.
final class ObjectDeletion {
  private final VerbContext context;
  private final ApiRequest request;
  private final DeleteOptions options;
  private final boolean admitted;
  private final String admittedName;

  /// The outcome of a deletion.
  ///
  /// @param gone false when the object still waits for its end
  record End(StoredObject last, boolean gone) {}

  private ObjectDeletion(
      VerbContext context,
      ApiRequest request,
      DeleteOptions options,
      boolean admitted,
      String admittedName) {
    this.context = context;
    this.request = request;
    this.options = options;
    this.admitted = admitted;
    this.admittedName = admittedName;
  }

  /// One that a client asks for.
  static ObjectDeletion of(VerbContext context, ApiRequest request, DeleteOptions options) {
    return new ObjectDeletion(context, request, options, false, request.name());
  }

  /// One of a collection that a client asks to delete: admission is told no name, as upstream tells it none.
  static ObjectDeletion ofCollection(
      VerbContext context, ApiRequest request, DeleteOptions options) {
    return new ObjectDeletion(context, request, options, false, "");
  }

  /// One that is a part of something that was admitted under another name, such as an eviction.
  static ObjectDeletion alreadyAdmitted(
      VerbContext context, ApiRequest request, DeleteOptions options) {
    return new ObjectDeletion(context, request, options, true, request.name());
  }

  End run(ObjectView view) {
    return context
        .updates(request.type(), request.name())
        .run(
            Attempts.UNCONDITIONAL,
            view,
            now -> {
              try (ObjectTransaction transaction = new ObjectTransaction()) {
                return attempt(transaction, now);
              }
            });
  }

  private Optional<End> attempt(ObjectTransaction transaction, ObjectView view) {
    ResourceType type = request.type();
    StoredObject stored = view.find(type, request.namespace(), request.name());
    if (stored == null) {
      throw StatusErrors.notFound(type, request.name());
    }
    transaction.unchanged(stored.key(), stored.version());
    DeletionPreconditions.require(type, options, stored);
    JsonObject tree = stored.tree();
    // Nobody is asked about what changes nothing.
    ObjectView now =
        admitted || isPending(stored) ? view : admit(admission(tree, transaction), view);
    if (now != view && isOvertaken(stored, now)) {
      // Whoever was asked was asked about what is no more.
      return Optional.empty();
    }
    return delete(stored, tree, transaction, now);
  }

  /// Answers the store as what follows is to see it: the object itself is guarded, what its end touches beside it is not.
  private ObjectView admit(AdmissionRequest admission, ObjectView view) {
    ObjectView now = context.admission().mutate(admission, view, context::view);
    return context.admission().validate(admission, now, context::view);
  }

  private boolean isOvertaken(StoredObject stored, ObjectView now) {
    return now.versionOf(stored.key()) != stored.version();
  }

  private boolean isPending(StoredObject stored) {
    return stored.isBeingDeleted()
        && PodGracePeriod.decide(request.type(), stored.tree(), options, context.clock().instant())
            == PodGracePeriod.Decision.PENDING;
  }

  private AdmissionRequest admission(JsonObject old, ObjectTransaction transaction) {
    return request.admission(Action.DELETE, admittedName, "", null, old, told(old), transaction);
  }

  /// The options as admission is told them: of a namespace the very one that is there is meant, as upstream says it.
  private DeleteOptions told(JsonObject old) {
    return options.uid() != null || !NamespaceFinalizers.is(request.type())
        ? options
        : options.withUid(Metadata.text(old, "uid"));
  }

  private Optional<End> delete(
      StoredObject stored, JsonObject object, ObjectTransaction transaction, ObjectView view) {
    ResourceType type = request.type();
    boolean wasBeingDeleted = Metadata.isBeingDeleted(object);
    PodGracePeriod.Decision grace =
        PodGracePeriod.decide(type, object, options, context.clock().instant());
    if (grace == PodGracePeriod.Decision.PENDING) {
      return Optional.of(new End(stored, false));
    }
    boolean endsByItself = !wasBeingDeleted && context.rules().endsByItself(type);
    boolean changed = !endsByItself && DeletionFinalizers.settle(type, object, options);
    boolean waits =
        endsByItself || Metadata.hasFinalizers(object) || NamespaceFinalizers.isHeld(type, object);
    if (!waits && grace == PodGracePeriod.Decision.IMMEDIATE) {
      return remove(stored, transaction, view);
    }
    if (!waits && grace == PodGracePeriod.Decision.ENDING) {
      return mark(stored, object, transaction).flatMap(marked -> end(marked, view));
    }
    if (endsByItself) {
      context.rules().markDeleted(type, object, context.clock().instant());
    } else if (grace == PodGracePeriod.Decision.IMMEDIATE) {
      markWaiting(type, object, wasBeingDeleted);
    }
    boolean nothingNew =
        wasBeingDeleted
            && !changed
            && grace == PodGracePeriod.Decision.IMMEDIATE
            && stored.tree().equals(object);
    return nothingNew
        ? Optional.of(new End(stored, false))
        : mark(stored, object, transaction).map(marked -> new End(marked, false));
  }

  private void markWaiting(ResourceType type, JsonObject object, boolean wasBeingDeleted) {
    JsonObject metadata = Metadata.of(object);
    Instant now = context.clock().instant();
    if (!wasBeingDeleted) {
      Metadata.grow(object);
      metadata.set("deletionTimestamp", Metadata.time(now));
    } else if (Instant.parse(Metadata.text(object, "deletionTimestamp")).isAfter(now)) {
      metadata.set("deletionTimestamp", Metadata.time(now));
    }
    if (NamespaceFinalizers.is(type)) {
      // Namespaces are marked by a way of their own upstream, which names no grace period.
      object.objectAt("status").set("phase", "Terminating");
    } else {
      metadata.set("deletionGracePeriodSeconds", Json.of(0));
    }
  }

  private Optional<StoredObject> mark(
      StoredObject stored, JsonObject object, ObjectTransaction transaction) {
    Bytes value = NewObject.stored(context, request.type(), object);
    StoredObject shown = shown(stored, value);
    if (options.dryRun()) {
      return Optional.of(shown);
    }
    OptionalLong revision = transaction.put(stored.key(), value).commit(context.member());
    return revision.isEmpty()
        ? Optional.empty()
        : Optional.of(context.objects().stored(request.type(), shown, revision.getAsLong()));
  }

  /// The second of two steps: watchers see the object marked before it goes.
  private Optional<End> end(StoredObject marked, ObjectView view) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      return remove(marked, transaction.unchanged(marked.key(), marked.version()), view);
    }
  }

  private Optional<End> remove(
      StoredObject stored, ObjectTransaction transaction, ObjectView view) {
    if (options.dryRun()) {
      return Optional.of(new End(stored, true));
    }
    transaction.delete(stored.key());
    context.hooks().afterDelete(request.type(), stored::tree, transaction, view);
    OptionalLong revision = transaction.commit(context.member());
    // The last state carries the version of the deletion, as upstream's watch events and answers
    // do.
    return revision.isEmpty()
        ? Optional.empty()
        : Optional.of(new End(stored.at(revision.getAsLong()), true));
  }

  private StoredObject shown(StoredObject stored, Bytes value) {
    KeyValue kv = new KeyValue(stored.key(), 0, stored.version(), 0, 0, value);
    return context.objects().show(request.type(), kv);
  }
}
