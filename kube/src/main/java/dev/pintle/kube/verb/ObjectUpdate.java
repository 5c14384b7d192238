package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.decode.CountedEmpties;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.GuaranteedUpdate.Attempts;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.NewObject.Draft;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The update of one object by a client: read, changed, admitted, validated and written on the condition that nobody else
/// wrote; again when somebody did.
final class ObjectUpdate {
  // Of these also what the server then leaves out counts as a change.
  private static final Set<String> COUNTED_AS_SENT =
      Set.of("resourceslices.resource.k8s.io", "endpointslices.discovery.k8s.io");

  private final VerbContext context;
  private final ApiRequest request;
  private final WriteOptions options;
  private final Change change;
  private final Consumer<String> warnings;
  private String uid = "";
  private @Nullable Supplier<Draft> creation;
  private int overtaken;

  /// The maker of the new object from the current one; called again after each time the write was overtaken.
  @FunctionalInterface
  interface Change {
    JsonObject apply(JsonObject current);

    /// Whether what it makes says itself who owns it; if not, whoever sent the request owns what is new.
    default boolean decidesOwners() {
      return false;
    }

    /// The part of an object that admission is shown, where that has a kind of its own; empty for the object itself.
    default Optional<JsonObject> part(JsonObject object) {
      return Optional.empty();
    }

    /// Changes an object as admission changed its part.
    default void take(JsonObject part, JsonObject object) {}
  }

  /// The outcome of an update: the object as it is stored now.
  ///
  /// @param created whether it was not there before
  record Result(StoredObject object, boolean created) {
    Answer answer(ResourceType type) {
      return new Answer.OneObject(created ? 201 : 200, type, object);
    }
  }

  ObjectUpdate(
      VerbContext context,
      ApiRequest request,
      WriteOptions options,
      Change change,
      Consumer<String> warnings) {
    this.context = context;
    this.request = request;
    this.options = options;
    this.change = change;
    this.warnings = warnings;
  }

  /// Refuses the update unless the object has this uid; empty for any.
  ObjectUpdate onlyOf(String wanted) {
    uid = wanted;
    return this;
  }

  /// Makes the object when it is not there.
  ObjectUpdate orCreate(Supplier<Draft> draft) {
    creation = draft;
    return this;
  }

  Answer run(ObjectView view) {
    return result(view).answer(request.type());
  }

  Result result(ObjectView view) {
    return context.updates(request).run(Attempts.UNCONDITIONAL, view, this::attempt);
  }

  private Optional<Result> attempt(ObjectView view) {
    StoredObject stored = view.find(request.type(), request.namespace(), request.name());
    if (stored != null) {
      try (ObjectTransaction transaction = new ObjectTransaction()) {
        return update(stored, transaction, view).map(now -> new Result(now, false));
      }
    }
    if (creation == null) {
      throw StatusErrors.notFound(request.type(), request.name());
    }
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      return NewObject.make(context, request, options, creation.get(), view, transaction, warnings)
          .commit(context, transaction, options)
          .map(made -> new Result(made, true));
    }
  }

  private Optional<StoredObject> update(
      StoredObject stored, ObjectTransaction transaction, ObjectView view) {
    JsonObject old = stored.tree();
    JsonObject next = change.apply(old);
    boolean counts = CountedEmpties.take(next);
    boolean conditional = prepare(next, stored);
    JsonArray owners = owners(next, old);
    transaction.unchanged(stored.key(), stored.version());
    AdmissionRequest admitted = admitted(next, old, transaction).withOwners(() -> owners);
    int asked = request.notes().asked();
    ObjectView now = mutate(admitted, view, next, old);
    OwnerDuplicates.remove(next, OwnerDuplicates.MADE, warnings);
    Admitted update = new Admitted(stored, next, old, owners, counts, conditional, admitted);
    return GrownObject.rest(context, request, asked, next, () -> write(update, now));
  }

  /// An update as admission left it.
  ///
  /// @param owners its `managedFields`
  /// @param counts whether something was sent that counts as a change and is not kept
  /// @param conditional whether it names the version that it is based on
  private record Admitted(
      StoredObject stored,
      JsonObject next,
      JsonObject old,
      @Nullable JsonArray owners,
      boolean counts,
      boolean conditional,
      AdmissionRequest request) {}

  private Optional<StoredObject> write(Admitted update, ObjectView now) {
    ResourceType type = request.type();
    StoredObject stored = update.stored();
    JsonObject next = update.next();
    JsonObject old = update.old();
    AdmissionRequest admitted = update.request();
    ObjectTransaction transaction = admitted.transaction();
    // From here on the update is based on the version it replaces, whether it named it or not.
    Metadata.of(next).set("resourceVersion", Long.toString(stored.version()));
    context.hooks().beginWrite(admitted, now);
    settle(next, old, update.owners(), update.counts());
    check(admitted, now, next, old);
    ObjectView last = context.admission().validate(seen(admitted, next, old), now, context::view);
    Bytes value = NewObject.stored(context, type, next);
    boolean finished = isFinished(next);
    if (!finished && stored.isStoredAs(value)) {
      return Optional.of(stored);
    }
    // Before it is stored: what cannot be shown afterwards is refused.
    StoredObject made = shown(stored, value);
    if (finished) {
      transaction.delete(stored.key());
      context.hooks().afterDelete(type, () -> next, transaction, last);
    } else {
      transaction.put(stored.key(), value, options.dryRun() ? 0 : context.leases().of(type));
    }
    if (options.dryRun()) {
      return Optional.of(made);
    }
    OptionalLong revision = transaction.commit(context.member());
    if (revision.isEmpty() && update.conditional() && ++overtaken >= Attempts.PATCH.max()) {
      throw StatusErrors.objectModified(type, request.name());
    }
    return revision.isEmpty()
        ? Optional.empty()
        : Optional.of(context.objects().stored(type, made, revision.getAsLong()));
  }

  /// Answers the store as what follows is to see it.
  private ObjectView mutate(
      AdmissionRequest admitted, ObjectView view, JsonObject next, JsonObject old) {
    AdmissionRequest seen = seen(admitted, next, old);
    ObjectView now = context.admission().mutate(seen, view, context::view);
    JsonObject part = seen.object();
    if (part != null && change.part(old).isPresent()) {
      change.take(part, next);
    }
    return now;
  }

  /// The request as admission is to see it.
  private AdmissionRequest seen(AdmissionRequest admitted, JsonObject next, JsonObject old) {
    return change
        .part(next)
        .map(part -> admitted(part, change.part(old).orElse(old), admitted.transaction()))
        .orElse(admitted);
  }

  private StoredObject shown(StoredObject stored, Bytes value) {
    KeyValue kv = new KeyValue(stored.key(), 0, stored.version(), 0, 0, value);
    return context.objects().show(request.type(), kv);
  }

  /// Checks names and versions; answers whether the write names a version.
  private boolean prepare(JsonObject next, StoredObject stored) {
    if (!uid.isEmpty() && !uid.equals(stored.uid())) {
      throw ResourceVersions.otherUid(request.type(), stored, uid, options.dryRun());
    }
    Metadata.requireNamespace(request.type(), next, request.namespace());
    requireName(next, request.name());
    String version = Metadata.text(next, "resourceVersion");
    requireVersion(version, stored);
    context.rules().fillIn(request.type(), next);
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
      if (context.rules().requiresVersion(request.type())) {
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
    if (change.decidesOwners()) {
      return FieldManagers.entries(next);
    }
    JsonObject settled = context.objects().settled(request.type(), next);
    if (FieldManagers.entries(next) instanceof JsonArray sent) {
      // That there are to be none is lost where nothing is left out of what is stored.
      FieldManagers.set(settled, sent);
    }
    return context.ownership().updated(FieldManagers.of(request), old, settled);
  }

  private AdmissionRequest admitted(
      JsonObject next, JsonObject old, ObjectTransaction transaction) {
    return request.admission(
        Action.UPDATE, request.name(), request.subresource(), next, old, options, transaction);
  }

  /// Keeps what may not change, and does what the kind does by itself.
  private void settle(JsonObject next, JsonObject old, @Nullable JsonArray owners, boolean counts) {
    ResourceType type = request.type();
    Metadata.keep(next, old);
    if (!options.dryRun()) {
      // It is not stored, and so not seen unless nothing is.
      Metadata.of(next).remove("selfLink");
    }
    boolean countsAsSent =
        counts
            || (COUNTED_AS_SENT.contains(type.groupResource())
                && Metadata.isChanged(type, next, old));
    context.rules().prepareUpdate(type, request.subresource(), next, old);
    FieldManagers.set(next, owners);
    Metadata.grow(type, next, old, countsAsSent);
    FieldManagers.keepTimes(next, old);
  }

  private void check(AdmissionRequest admitted, ObjectView view, JsonObject next, JsonObject old) {
    List<Cause> wrong = context.admission().wrong(admitted, view);
    wrong.addAll(
        RulesInTurn.wrong(
            context,
            request,
            warnings,
            told ->
                context
                    .rules()
                    .validateUpdate(request.type(), request.subresource(), next, old, told)));
    if (!wrong.isEmpty()) {
      throw StatusErrors.invalid(request.type(), next, request.name(), wrong);
    }
  }

  /// Whether the update took the last finalizer from an object that waits for nothing else to go.
  private boolean isFinished(JsonObject next) {
    Long grace = Metadata.gracePeriod(next);
    return Metadata.isBeingDeleted(next)
        && !Metadata.hasFinalizers(next)
        && !NamespaceFinalizers.isHeld(request.type(), next)
        && (grace == null || grace == 0);
  }
}
