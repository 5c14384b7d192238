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
import org.jspecify.annotations.Nullable;

/// The deletion of one object: at once, or by steps when finalizers or a grace period stand before its end.
final class ObjectDeletion {
  private final VerbContext context;
  private final ApiRequest request;
  private final DeleteOptions options;
  private final boolean admitted;

  /// The outcome of a deletion.
  ///
  /// @param gone false when the object still waits for its end
  record End(StoredObject last, boolean gone) {}

  private ObjectDeletion(
      VerbContext context, ApiRequest request, DeleteOptions options, boolean admitted) {
    this.context = context;
    this.request = request;
    this.options = options;
    this.admitted = admitted;
  }

  /// One that a client asks for.
  static ObjectDeletion of(VerbContext context, ApiRequest request, DeleteOptions options) {
    return new ObjectDeletion(context, request, options, false);
  }

  /// One that is a part of something that was admitted under another name, such as an eviction.
  static ObjectDeletion alreadyAdmitted(
      VerbContext context, ApiRequest request, DeleteOptions options) {
    return new ObjectDeletion(context, request, options, true);
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
    JsonObject tree = stored == null ? null : stored.tree();
    AdmissionRequest admission = admission(tree, transaction);
    if (!admitted) {
      context.admission().mutate(admission, view);
    }
    if (stored == null || tree == null) {
      throw StatusErrors.notFound(type, request.name());
    }
    transaction.unchanged(stored.key(), stored.version());
    DeletionPreconditions.require(type, options, stored);
    if (!admitted) {
      context.admission().validate(admission, view);
    }
    return delete(stored, tree, transaction, view);
  }

  private AdmissionRequest admission(@Nullable JsonObject old, ObjectTransaction transaction) {
    return new AdmissionRequest(
        Action.DELETE,
        request.type(),
        request.namespace(),
        request.name(),
        "",
        null,
        old,
        options,
        request.caller(),
        true,
        transaction);
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
    if (options.dryRun()) {
      return Optional.of(at(stored, value, stored.version()));
    }
    OptionalLong revision = transaction.put(stored.key(), value).commit(context.member());
    return revision.isEmpty()
        ? Optional.empty()
        : Optional.of(at(stored, value, revision.getAsLong()));
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

  private StoredObject at(StoredObject stored, Bytes value, long revision) {
    KeyValue kv = new KeyValue(stored.key(), 0, revision, 0, 0, value);
    return context.objects().show(request.type(), kv);
  }
}
