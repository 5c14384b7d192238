package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.decode.CountedEmpties;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.StorageStrategy;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An object that is being created, in the form in which it is stored: stamped, admitted, defaulted, validated.
///
/// @param type of what is made
/// @param name given or generated
record NewObject(ResourceType type, String namespace, String name, Bytes key, Bytes value) {

  /// The input of a creation.
  ///
  /// @param ownersDecided whether the object says itself who owns it; if not, whoever sent it does
  /// @param status what a controller says of it at once; null for what every new object says
  record Draft(JsonObject object, boolean ownersDecided, @Nullable AppliedStatus status) {
    /// An object that a client sent.
    static Draft sent(JsonObject object) {
      return new Draft(object, false, null);
    }
  }

  /// Stores the object; empty when it was overtaken.
  Optional<StoredObject> commit(
      VerbContext context, ObjectTransaction transaction, WriteOptions options) {
    // Before it is stored: what cannot be shown afterwards is refused.
    StoredObject made = context.objects().show(type, new KeyValue(key, 0, 0, 1, 0, value));
    if (options.dryRun()) {
      return Optional.of(made);
    }
    OptionalLong revision = transaction.commit(context.member());
    return revision.isEmpty()
        ? Optional.empty()
        : Optional.of(context.objects().stored(type, made, revision.getAsLong()));
  }

  /// @param transaction takes the object, and what belongs to it
  static NewObject make(
      VerbContext context,
      ApiRequest request,
      WriteOptions options,
      Draft draft,
      ObjectView view,
      ObjectTransaction transaction,
      Consumer<String> warnings) {
    ResourceType type = request.type();
    JsonObject object = draft.object();
    CountedEmpties.take(object);
    String version = Metadata.text(object, "resourceVersion");
    Metadata.wipe(object);
    Metadata.requireNamespace(type, object, request.namespace());
    context.rules().fillIn(type, object);
    byte[] owners = owners(context, request, draft);
    Begun begun =
        new Begun(request, options, draft, owners, version, GeneratedName.isWanted(type, object));
    AdmissionRequest unnamed =
        admitted(request, GeneratedName.shown(object), object, options, transaction)
            .withOwners(() -> entries(owners));
    int asked = request.notes().asked();
    ObjectView now = context.admission().mutate(unnamed, view, context::view);
    OwnerDuplicates.remove(object, OwnerDuplicates.MADE, warnings);
    return GrownObject.rest(
        context, request, asked, object, () -> settled(context, begun, now, transaction, warnings));
  }

  /// An object that admission was shown.
  ///
  /// @param owners the JSON of its `managedFields`
  /// @param sentVersion empty when it named none
  /// @param generated whether the server makes its name
  @SuppressWarnings("ArrayRecordComponent") // It is never compared.
  private record Begun(
      ApiRequest request,
      WriteOptions options,
      Draft draft,
      byte @Nullable [] owners,
      String sentVersion,
      boolean generated) {}

  /// Makes it as admission left it.
  private static NewObject settled(
      VerbContext context,
      Begun begun,
      ObjectView now,
      ObjectTransaction transaction,
      Consumer<String> warnings) {
    ApiRequest request = begun.request();
    WriteOptions options = begun.options();
    byte @Nullable [] owners = begun.owners();
    ResourceType type = request.type();
    JsonObject object = begun.draft().object();
    Metadata.requireNamespace(type, object, request.namespace());
    Metadata.stamp(type, object, context.clock().instant(), context.random());
    GeneratedName.fillIn(type, object, context.random());
    String name = Metadata.name(object);
    AdmissionRequest admitted =
        admitted(request, name, object, options, transaction).withOwners(() -> entries(owners));
    context.hooks().beginWrite(admitted, now);
    context.rules().prepareCreate(type, object, warnings);
    List<Cause> wrong = context.admission().wrong(admitted, now);
    wrong.addAll(
        RulesInTurn.wrong(
            context,
            request,
            warnings,
            told -> context.rules().validateCreate(type, object, told)));
    if (!wrong.isEmpty()) {
      throw StatusErrors.invalid(type, object, name, wrong);
    }
    FieldManagers.set(object, null);
    context.admission().validate(admitted, now, context::view);
    if (begun.generated() && NamespaceFinalizers.is(type)) {
      // The label of its name is nobody's doing, and nobody looked at it.
      context.rules().fillIn(type, object);
    }
    if (!options.dryRun()) {
      requireNoVersion(ResourceVersions.ofNewObject(begun.sentVersion()));
    }
    Bytes key = Keys.object(type, request.namespace(), name);
    AppliedStatus status = begun.draft().status();
    Bytes value =
        status == null
            ? stored(context, type, object, owners)
            : stored(context, type, judged(context, type, object, owners, status));
    if (options.dryRun() && !begun.sentVersion().isEmpty()) {
      // What no store has seen is shown as it was sent.
      value = context.objects().storedForm(type).withVersion(value, begun.sentVersion());
    }
    long lease = options.dryRun() ? 0 : context.leases().of(type);
    transaction.unchanged(key, 0).put(key, value, lease);
    return new NewObject(type, request.namespace(), name, key, value);
  }

  private static AdmissionRequest admitted(
      ApiRequest request,
      String name,
      JsonObject object,
      WriteOptions options,
      ObjectTransaction transaction) {
    return request.admission(
        Action.CREATE, name, request.subresource(), object, null, options, transaction);
  }

  /// Upstream's store finds it, where it can read it; what is only tried gets no further than to it.
  private static void requireNoVersion(long version) {
    if (version != 0) {
      throw StatusErrors.bare(500, "resourceVersion should not be set on objects to be created");
    }
  }

  /// Takes them out of the object, where no client said any: nothing that follows needs to know them.
  private static byte @Nullable [] owners(VerbContext context, ApiRequest request, Draft draft) {
    JsonObject object = draft.object();
    JsonArray entries = FieldManagers.entries(object);
    byte[] owners;
    if (draft.ownersDecided()) {
      owners = entries == null ? null : JsonWriter.bytes(entries);
    } else {
      owners =
          context
              .ownership()
              .created(
                  FieldManagers.of(request), context.objects().settled(request.type(), object));
    }
    FieldManagers.set(object, entries == null ? null : entries(owners));
    return owners;
  }

  private static @Nullable JsonArray entries(byte @Nullable [] owners) {
    return owners == null ? null : (JsonArray) JsonReader.read(owners);
  }

  private static JsonObject judged(
      VerbContext context,
      ResourceType type,
      JsonObject object,
      byte @Nullable [] owners,
      AppliedStatus status) {
    FieldManagers.set(object, entries(owners));
    return status.over(context.ownership(), type, object);
  }

  /// The bytes to store. What the stored version does not know is lost, and what it fills in is there from then on,
  /// whatever version the object came in.
  static Bytes stored(VerbContext context, ResourceType type, JsonObject object) {
    return stored(context, type, object, null);
  }

  /// @param owners the JSON of its `managedFields`, where the object does not hold them itself
  private static Bytes stored(
      VerbContext context, ResourceType type, JsonObject object, byte @Nullable [] owners) {
    JsonObject shaped =
        type.isStoredAsJson()
            ? Canonicalizer.canonical(type.schema(), object)
            : Canonicalizer.ofProtobufStore(type.schema(), object);
    StorageStrategy.StoredVersion other = type.storing().other();
    byte[] apart = owners;
    if (other != null) {
      if (type.storing().webhook() != null) {
        // It is shown the object as it is stored: with its owners, and without a version.
        Metadata.of(shaped).remove("resourceVersion");
        if (owners != null) {
          FieldManagers.set(shaped, (JsonArray) JsonReader.read(owners));
          apart = null;
        }
      }
      shaped = context.objects().toStored(type, other, shaped);
    }
    Metadata.arrange(shaped);
    return context.objects().write(type, shaped, apart);
  }
}
