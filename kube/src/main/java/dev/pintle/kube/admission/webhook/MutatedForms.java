package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.match.ObjectForms;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.decode.BuiltInSchemas;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.StatusErrors;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The maker of objects of patches: of the kind that was patched, with its defaults, and in the form in which the request has it.
public final class MutatedForms {
  private final TypeRegistry types;
  private final BodyReader bodies;
  private final ObjectForms forms;
  private final BiConsumer<ResourceType, JsonObject> defaults;
  private final Function<GroupVersionKind, @Nullable SchemaNode> parts = new BuiltInSchemas()::of;

  /// @param defaults fills in what an object leaves out
  public MutatedForms(
      TypeRegistry types,
      BodyReader bodies,
      ObjectForms forms,
      BiConsumer<ResourceType, JsonObject> defaults) {
    this.types = types;
    this.bodies = bodies;
    this.forms = forms;
    this.defaults = defaults;
  }

  /// Changes the object of the request; answers whether it is another one then.
  ///
  /// @param shown the object as it was patched, in the matched form
  /// @throws dev.pintle.kube.status.StatusError when the patch does not fit
  boolean patch(HookPatch patch, AdmissionRequest request, MatchedKind matched, JsonObject shown) {
    JsonObject object = request.object();
    if (object == null) {
      return false;
    }
    JsonObject made = patch.apply(shown, matched.kind(), schema(matched), bodies);
    if (made.equals(shown)) {
      return false;
    }
    ResourceType type = types.current().resource(matched.version(), matched.plural());
    if (type != null && type.groupVersionKind().equals(matched.kind())) {
      defaults.accept(type, made);
    }
    JsonArray owners = object.objectOrEmpty("metadata").array("managedFields");
    replace(object, forms.sent(made, request, matched));
    // Who owns which field is not for webhooks to say.
    if (owners == null) {
      object.objectAt("metadata").remove("managedFields");
    } else {
      object.objectAt("metadata").set("managedFields", owners);
    }
    return true;
  }

  private SchemaNode schema(MatchedKind matched) {
    ResourceType type = types.current().resource(matched.version(), matched.plural());
    SchemaNode schema =
        type != null && type.groupVersionKind().equals(matched.kind())
            ? type.schema()
            : parts.apply(matched.kind());
    if (schema == null) {
      throw StatusErrors.internal(
          "no kind \"%s\" is registered for version \"%s\" in scheme \"pkg/runtime/scheme.go:111\""
              .formatted(matched.kind().kind(), matched.kind().groupVersion().text()));
    }
    return schema;
  }

  /// The plugins after this one hold the same object.
  private static void replace(JsonObject object, JsonObject by) {
    object.removeIf((_, _) -> true);
    by.forEach(field -> object.set(field.name(), field.value()));
  }
}
