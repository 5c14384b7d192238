package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.expression.ExpressionInput.Subject;
import dev.pintle.kube.admission.match.ObjectForms;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.decode.Undecodable;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.ownership.AppliedMutation;
import dev.pintle.kube.ownership.UnmergeableException;
import dev.pintle.kube.patch.PatchException;
import dev.pintle.kube.patch.Patches;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The application of what mutations make to the object of a request.
///
/// @param schemas finds what objects of a kind look like, null for a kind that is not known
/// @param bodies shapes what a patch made, as if it had been sent
/// @param defaults fills in what is left out
public record PolicyPatches(
    ObjectForms forms,
    Function<GroupVersionKind, @Nullable SchemaNode> schemas,
    BodyReader bodies,
    BiConsumer<ResourceType, JsonObject> defaults) {

  /// Changes the object; answers whether it differs then.
  ///
  /// @param made a part of an object, or the operations of a JSON patch
  /// @param subject in the form in which it was made
  /// @throws PolicyFault when it cannot be applied
  /// @throws dev.pintle.kube.status.StatusError when what comes of it is no object of its kind
  boolean apply(Json made, AdmissionRequest request, Subject subject) {
    JsonObject current = subject.object();
    JsonObject object = request.object();
    if (current == null || object == null) {
      return false;
    }
    GroupVersionKind kind = subject.matched().kind();
    SchemaNode schema = schemas.apply(kind);
    JsonObject patched =
        made instanceof JsonObject part
            ? merged(schema(request, kind, schema), current, part, kind)
            : patched(schema, current, made);
    if (patched == null) {
      return false;
    }
    JsonObject whole = forms.sent(patched, request, subject.matched());
    if (request.subresource().isEmpty() || request.subresource().equals("status")) {
      defaults.accept(request.type(), whole);
    }
    boolean changed = !whole.equals(object);
    if (changed) {
      replace(object, whole);
    }
    return changed;
  }

  /// The object stays the one that all others hold.
  private static void replace(JsonObject object, JsonObject whole) {
    object.removeIf((_, _) -> true);
    for (JsonObject.Field field : whole) {
      object.set(field.name(), field.value());
    }
  }

  /// Parts are merged by what the API of the object's own version publishes of its kind.
  ///
  /// @throws PolicyFault when that is nothing
  private static SchemaNode schema(
      AdmissionRequest request, GroupVersionKind kind, @Nullable SchemaNode schema) {
    boolean published =
        kind.kind().equals(request.type().kind())
            || kind.groupVersion().equals(request.type().groupVersion());
    if (schema == null || !published) {
      throw new PolicyFault(
          "error applying patch: failed to convert patch object to typed object: no corresponding type for %s/%s, Kind=%s"
              .formatted(kind.group(), kind.version(), kind.kind()));
    }
    return schema;
  }

  private static JsonObject merged(
      SchemaNode schema, JsonObject current, JsonObject part, GroupVersionKind kind) {
    part.set("apiVersion", kind.groupVersion().text()).set("kind", kind.kind());
    try {
      return AppliedMutation.merge(schema, current, part);
    } catch (UnmergeableException wrong) {
      throw new PolicyFault("error applying patch: " + wrong.getMessage());
    }
  }

  /// Null when a test of the patch failed, which leaves the object as it is.
  private @Nullable JsonObject patched(
      @Nullable SchemaNode schema, JsonObject current, Json operations) {
    Json patched;
    try {
      patched = Patches.operations(operations, current);
    } catch (PatchException wrong) {
      if (wrong.isFailedTest()) {
        return null;
      }
      throw new PolicyFault("JSON Patch: " + wrong.getMessage());
    }
    if (!(patched instanceof JsonObject object)) {
      throw StatusErrors.internal("couldn't get version/kind; json parse error: no object");
    }
    if (schema == null) {
      // The options of a connection, which have no structure here.
      return object;
    }
    try {
      List<String> unknown = new ArrayList<>();
      JsonObject shaped = bodies.shaped(object, schema, unknown);
      // What has no structure upstream has no fields that are not known either.
      if (!unknown.isEmpty() && !schema.typeName().isEmpty()) {
        throw StatusErrors.internal(
            "strict decoding error: "
                + String.join(
                    ", ", unknown.stream().map("unknown field \"%s\""::formatted).toList()));
      }
      return shaped;
    } catch (Undecodable wrong) {
      throw StatusErrors.internal(wrong.getMessage());
    }
  }
}
