package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.admission.Admission.Action;
import dev.pintle.kube.admission.Admission.AdmissionRequest;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.ObjectWriter.Written;
import dev.pintle.kube.store.StoredObject;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads an object, changes it, writes it on the condition that nobody else did, and starts again when somebody did.
final class Update {
  /// A patch that is overtaken this often is given up; upstream's figure.
  private static final int ATTEMPTS_MAX = 5;

  /// An update without a version is overtaken only by others that make progress.
  private static final int UNCONDITIONAL_ATTEMPTS_MAX = 100;

  private final VerbContext services;
  private final ApiRequest request;
  private final Change change;
  private final Reply reply;
  private final boolean dryRun;
  private String uid = "";

  /// Makes the new object of the current one; called again after each time the write was overtaken.
  @FunctionalInterface
  interface Change {
    JsonObject apply(JsonObject current);

    /// Whether what it makes says itself who owns it; if not, whoever sent the request owns what is new.
    default boolean decidesOwners() {
      return false;
    }
  }

  Update(VerbContext services, ApiRequest request, Change change, Reply reply, boolean dryRun) {
    this.services = services;
    this.request = request;
    this.change = change;
    this.reply = reply;
    this.dryRun = dryRun;
  }

  /// Refuses the update unless the object has this uid; empty for any.
  Update onlyOf(String wanted) {
    uid = wanted;
    return this;
  }

  /// @param done answers with what was stored; the second argument is its tree
  void run(ObjectView view, BiConsumer<StoredObject, JsonObject> done) {
    attempt(view, done, 1);
  }

  private void attempt(ObjectView view, BiConsumer<StoredObject, JsonObject> done, int number) {
    ResourceType type = request.type();
    StoredObject stored = view.require(type, request.namespace(), request.name());
    JsonObject old = stored.tree();
    JsonObject next = change.apply(old);
    boolean conditional = prepare(next, stored);
    JsonArray owners = owners(next, old);
    AdmissionRequest asked = asked(next, old);
    services.admit(asked, view);
    settle(next, old, owners);
    services.confirm(asked, view);
    if (isFinished(next)) {
      remove(stored, next, done);
      return;
    }
    Bytes value = NewObject.stored(services, type, next);
    StoredObject made = at(stored, value, stored.version());
    if (dryRun || Arrays.equals(made.storedBytes(), stored.storedBytes())) {
      done.accept(dryRun ? made : stored, next);
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
                    Later.guarded(reply, () -> done.accept(at(stored, value, revision), next));
                case Written.Overtaken _ -> again(done, number, conditional);
                case Written.NotWritten(var status) -> reply.status(status);
              }
            });
  }

  private void again(BiConsumer<StoredObject, JsonObject> done, int number, boolean conditional) {
    if (number >= (conditional ? ATTEMPTS_MAX : UNCONDITIONAL_ATTEMPTS_MAX)) {
      reply.status(StatusErrors.objectModified(request.type(), request.name()).status());
      return;
    }
    Later.run(services, reply, () -> attempt(services.view(), done, number + 1));
  }

  private StoredObject at(StoredObject stored, Bytes value, long revision) {
    KeyValue kv = new KeyValue(stored.key(), 0, revision, 0, 0, value);
    return services.objects().show(request.type(), kv);
  }

  /// Checks names and versions; answers whether the write names a version.
  private boolean prepare(JsonObject next, StoredObject stored) {
    if (!uid.isEmpty() && !uid.equals(stored.uid())) {
      throw ResourceVersions.otherUid(request.type(), stored, uid);
    }
    requireName(next, request.name());
    Metadata.requireNamespace(request.type(), next, request.namespace());
    String version = Metadata.text(next, "resourceVersion");
    requireVersion(version, stored);
    // From here on the update is based on the version it replaces, whether it named it or not.
    Metadata.of(next).set("resourceVersion", Long.toString(stored.version()));
    services.rules().fillIn(request.type(), next);
    return !version.isEmpty();
  }

  /// An object that takes the place of another must have its name.
  static void requireName(JsonObject object, String expected) {
    String name = Metadata.name(object);
    if (!name.equals(expected)) {
      throw StatusErrors.badRequest(
          name.isEmpty()
              ? "the name of the object (%s based on URL) was undeterminable: name must be provided"
                  .formatted(expected)
              : "the name of the object (%s) does not match the name on the URL (%s)"
                  .formatted(name, expected));
    }
  }

  private void requireVersion(String version, StoredObject stored) {
    long given = ResourceVersions.ofObject(version);
    if (given == 0) {
      if (services.rules().requiresVersion(request.type())) {
        Cause cause =
            new Cause(
                "FieldValueInvalid",
                "Invalid value: 0: must be specified for an update",
                "metadata.resourceVersion");
        throw StatusErrors.invalidKind(
            request.type().group(), request.type().plural(), request.name(), List.of(cause));
      }
    } else if (given != stored.version()) {
      throw StatusErrors.objectModified(request.type(), request.name());
    }
  }

  private @Nullable JsonArray owners(JsonObject next, JsonObject old) {
    return change.decidesOwners()
        ? FieldManagers.entries(next)
        : services
            .ownership()
            .updated(
                FieldManagers.of(request), old, services.objects().settled(request.type(), next));
  }

  private AdmissionRequest asked(JsonObject next, JsonObject old) {
    return new AdmissionRequest(
        Action.UPDATE,
        request.type(),
        request.namespace(),
        request.name(),
        request.subresource(),
        next,
        old,
        request.caller(),
        dryRun,
        true);
  }

  /// Keeps what may not change, does what the kind does by itself, and checks the outcome.
  private void settle(JsonObject next, JsonObject old, @Nullable JsonArray owners) {
    ResourceType type = request.type();
    Metadata.keep(next, old);
    services.rules().prepareUpdate(type, request.subresource(), next, old);
    FieldManagers.set(next, owners);
    Metadata.grow(type, next, old);
    FieldManagers.keepTimes(next, old);
    List<Cause> wrong =
        services.rules().validateUpdate(type, request.subresource(), next, old, reply::warn);
    if (!wrong.isEmpty()) {
      throw StatusErrors.invalid(type, next, request.name(), wrong);
    }
  }

  /// Whether the update took the last finalizer from an object that waits for nothing else to go.
  private boolean isFinished(JsonObject next) {
    Long grace = Metadata.gracePeriod(next);
    return Metadata.isBeingDeleted(next)
        && !Metadata.hasFinalizers(next)
        && !Namespaces.isHeld(request.type(), next)
        && (grace == null || grace == 0);
  }

  private void remove(
      StoredObject stored, JsonObject last, BiConsumer<StoredObject, JsonObject> done) {
    Bytes value = NewObject.stored(services, request.type(), last);
    if (dryRun) {
      done.accept(at(stored, value, stored.version()), last);
      return;
    }
    services
        .writer()
        .delete(
            stored.key(),
            stored.version(),
            written -> {
              switch (written) {
                case Written.Done(var revision) ->
                    Later.guarded(reply, () -> done.accept(at(stored, value, revision), last));
                case Written.Overtaken _ -> again(done, 1, false);
                case Written.NotWritten(var status) -> reply.status(status);
              }
            });
  }
}
