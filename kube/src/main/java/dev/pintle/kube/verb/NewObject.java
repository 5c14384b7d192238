package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.admission.Admission.Action;
import dev.pintle.kube.admission.Admission.AdmissionRequest;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.defaults.PublishedDefaults;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings an object that was sent to the form in which it is stored: stamped, admitted, filled in, checked.
///
/// @param type of what is made
/// @param name given or generated
record NewObject(ResourceType type, String namespace, String name, Bytes key, Bytes value) {

  /// What is to be made.
  ///
  /// @param ownersDecided whether the object says itself who owns it; if not, whoever sent it does
  record Draft(JsonObject object, boolean ownersDecided) {}

  static NewObject make(
      VerbContext services,
      ApiRequest request,
      JsonObject object,
      ObjectView view,
      Consumer<String> warnings) {
    return make(services, request, new Draft(object, false), view, warnings);
  }

  static NewObject make(
      VerbContext services,
      ApiRequest request,
      Draft draft,
      ObjectView view,
      Consumer<String> warnings) {
    return make(services, request, draft, view, warnings, _ -> {});
  }

  /// @param finish has the last word on what is stored
  static NewObject make(
      VerbContext services,
      ApiRequest request,
      Draft draft,
      ObjectView view,
      Consumer<String> warnings,
      Consumer<JsonObject> finish) {
    ResourceType type = request.type();
    JsonObject object = draft.object();
    if (!Metadata.text(object, "resourceVersion").isEmpty()) {
      throw StatusErrors.bare(500, "resourceVersion should not be set on objects to be created");
    }
    Metadata.wipe(object);
    Metadata.requireNamespace(type, object, request.namespace());
    Metadata.stamp(type, object, services.clock().instant(), services.random());
    GeneratedName.fillIn(object, services.random());
    services.rules().fillIn(type, object);
    byte[] owners = owners(services, request, draft);
    String name = Metadata.name(object);
    AdmissionRequest attempt =
        new AdmissionRequest(
            Action.CREATE,
            type,
            request.namespace(),
            name,
            "",
            object,
            null,
            request.caller(),
            request.query().has("dryRun"),
            !request.name().isEmpty());
    services.admit(attempt, view);
    services.rules().prepareCreate(type, object);
    List<Cause> wrong = services.rules().validateCreate(type, object, warnings);
    if (!wrong.isEmpty()) {
      throw StatusErrors.invalid(type, object, name, wrong);
    }
    services.confirm(attempt, view);
    finish.accept(object);
    return new NewObject(
        type,
        request.namespace(),
        name,
        Keys.object(type, request.namespace(), name),
        stored(services, type, object, owners));
  }

  /// Takes them out of the object: nothing that follows needs to know them.
  private static byte @Nullable [] owners(VerbContext services, ApiRequest request, Draft draft) {
    JsonObject object = draft.object();
    JsonArray entries = FieldManagers.entries(object);
    byte[] owners;
    if (draft.ownersDecided()) {
      owners = entries == null ? null : JsonWriter.bytes(entries);
    } else {
      owners =
          services
              .ownership()
              .created(
                  FieldManagers.of(request), services.objects().settled(request.type(), object));
    }
    FieldManagers.set(object, null);
    return owners;
  }

  /// The bytes to store. What the stored version does not know is lost, and what it fills in is there from then on,
  /// whatever version the object came in.
  static Bytes stored(VerbContext services, ResourceType type, JsonObject object) {
    return stored(services, type, object, null);
  }

  /// @param owners the JSON of its `managedFields`, where the object does not hold them itself
  private static Bytes stored(
      VerbContext services, ResourceType type, JsonObject object, byte @Nullable [] owners) {
    JsonObject shaped = Canonicalizer.canonical(type.schema(), object);
    SchemaNode storedSchema = type.storing().schema();
    if (storedSchema != null) {
      shaped = Canonicalizer.canonical(storedSchema, shaped);
      PublishedDefaults.apply(storedSchema, shaped);
      shaped = Canonicalizer.canonical(type.schema(), shaped);
    }
    Metadata.arrange(shaped);
    return services.objects().write(type, shaped, owners);
  }
}
