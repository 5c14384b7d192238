package dev.pintle.kube.verb;

import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.ownership.ApplyResult;
import dev.pintle.kube.ownership.FieldOwnership.Scaled;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.patch.PatchType;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.ScalePaths;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The handler of the sub-resource `scale`, by which the replicas that an object asks for are read and set, as a `Scale`
/// object of its own.
public final class Scale {
  private static final int BAD_REQUEST = 400;
  private static final int INTERNAL_ERROR = 500;
  private static final String UNKNOWN_SCALE =
      "no kind is registered for the type v1.Scale in scheme \"pkg/runtime/scheme.go:111\"";
  private static final GroupVersionKind KIND = GroupVersionKind.of("autoscaling/v1", "Scale");

  /// What upstream takes for no replicas of a custom resource at all.
  private static final long NONE = Integer.MIN_VALUE;

  private final VerbContext context;
  private final SchemaNode schema;
  private final ResourceType ofBuiltIn;
  private final ResourceType ofCustom;

  /// @param schema of Scale
  public Scale(VerbContext context, SchemaNode schema) {
    this.context = context;
    this.schema = schema;
    this.ofBuiltIn = ScaleTypes.type(KIND, schema, false);
    this.ofCustom = ScaleTypes.type(KIND, schema, true);
  }

  public Answer get(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    StoredObject stored = view.require(request.type(), request.namespace(), request.name());
    return answer(request, stored);
  }

  private Answer answer(ApiRequest request, StoredObject stored) {
    boolean custom = request.type().isCustom();
    String path = paths(request).specReplicas();
    if (custom && find(stored.tree(), path) instanceof Json.Null) {
      throw StatusErrors.internal("the spec replicas field \"%s\" does not exist".formatted(path));
    }
    return new Answer.Transformed(200, custom ? ofCustom : ofBuiltIn, of(request, stored.tree()));
  }

  public Answer update(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    WriteOptions options = WriteOptions.parse(request.query(), "UpdateOptions");
    JsonObject sent = read(request, options, warnings);
    // Before it is known whether there is anything to scale.
    requirePlace(request, sent);
    return change(
        request,
        view,
        warnings,
        options,
        Metadata.text(sent, "uid"),
        before -> owned(request, before, sent));
  }

  /// Custom resources are read where upstream knows no Scale by which it could tell what is wrong with one.
  private JsonObject read(ApiRequest request, WriteOptions options, Consumer<String> warnings) {
    try {
      return RequestBodies.read(
          context, request, new Expected(KIND, schema, options.validation()), warnings);
    } catch (StatusError unreadable) {
      throw request.type().isCustom() && unreadable.status().code() == BAD_REQUEST
          ? StatusErrors.badRequest(UNKNOWN_SCALE)
          : unreadable;
    }
  }

  public Answer patch(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    PatchType type = Patch.type(request);
    if (type == PatchType.APPLY) {
      return apply(request, view, warnings);
    }
    WriteOptions options = Patch.options(request);
    SentPatch patch =
        SentPatch.read(request, type, new Expected(KIND, schema, options.validation()));
    return change(
        request,
        view,
        warnings,
        options,
        "",
        before -> {
          JsonObject shown = context.ownership().shown(write(request), before);
          return owned(request, before, patch.apply(context.bodies(), shown, warnings));
        });
  }

  private Answer apply(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    WriteOptions options = WriteOptions.parseApply(request.query());
    ApplyConfiguration config = ApplyConfiguration.read(request);
    return change(
        request,
        view,
        warnings,
        options,
        "",
        before -> {
          ApplyResult applied =
              context
                  .ownership()
                  .appliedToScale(write(request), before, config.object(), options.force());
          JsonObject shaped = config.shaped(context, KIND, schema, applied.object());
          config.complain(options.validation(), warnings);
          return new ApplyResult(shaped, applied.entries());
        });
  }

  /// The scale that was sent, and who owns the object's fields then.
  private ApplyResult owned(ApiRequest request, Scaled before, JsonObject scale) {
    return new ApplyResult(scale, context.ownership().scaled(write(request), before, scale));
  }

  private Write write(ApiRequest request) {
    return FieldManagers.ofPart(request, KIND, schema);
  }

  /// The change of one object's replicas.
  @FunctionalInterface
  private interface Scaling {
    ApplyResult apply(Scaled before);
  }

  /// @param uid that the object has to have, empty for any
  private Answer change(
      ApiRequest request,
      ObjectView view,
      Consumer<String> warnings,
      WriteOptions options,
      String uid,
      Scaling scaling) {
    ObjectUpdate.Result result =
        new ObjectUpdate(context, request, options, new Change(request, scaling), warnings)
            .onlyOf(uid)
            .result(view);
    return answer(request, result.object());
  }

  private record Change(ApiRequest request, Scaling scaling) implements ObjectUpdate.Change {
    @Override
    public JsonObject apply(JsonObject current) {
      ApplyResult scale =
          scaling.apply(new Scaled(request.type(), current, patched(request, current)));
      JsonObject changed = Scale.apply(request, current, scale.object());
      FieldManagers.set(changed, scale.entries());
      return changed;
    }

    @Override
    public boolean decidesOwners() {
      return true;
    }

    @Override
    public Optional<JsonObject> part(JsonObject object) {
      return Optional.of(of(request, object));
    }

    @Override
    public void take(JsonObject part, JsonObject object) {
      put(request, object, part.objectOrEmpty("spec").wholeOrZero("replicas"));
    }
  }

  private static JsonObject apply(ApiRequest request, JsonObject current, JsonObject scale) {
    requirePlace(request, scale);
    long replicas = scale.objectOrEmpty("spec").wholeOrZero("replicas");
    boolean custom = request.type().isCustom();
    if (custom && replicas == NONE) {
      throw StatusErrors.badRequest(
          "the spec replicas field \"%s\" cannot be empty"
              .formatted(paths(request).specReplicas()));
    }
    if (replicas < 0 && !custom) {
      Cause cause =
          new Cause(
              "FieldValueInvalid",
              "Invalid value: %d: must be greater than or equal to 0".formatted(replicas),
              "spec.replicas");
      throw StatusErrors.invalidKind("autoscaling", "Scale", request.name(), List.of(cause));
    }
    if (!request.target().verb().equals("update")) {
      requireUid(request, scale, current);
    }
    JsonObject changed = current.copy();
    put(request, changed, replicas);
    Metadata.of(changed).remove("resourceVersion");
    String version = Metadata.text(scale, "resourceVersion");
    if (!version.isEmpty()) {
      Metadata.of(changed).set("resourceVersion", version);
    } else {
      Metadata.of(changed).set("resourceVersion", Metadata.text(current, "resourceVersion"));
    }
    return changed;
  }

  private static void put(ApiRequest request, JsonObject object, long replicas) {
    List<String> path = names(paths(request).specReplicas());
    JsonObject at = object;
    StringBuilder walked = new StringBuilder();
    for (String name : path.subList(0, path.size() - 1)) {
      walked.append('.').append(name);
      if (at.get(name) instanceof Json.Null) {
        throw StatusErrors.bare(
            INTERNAL_ERROR,
            "value cannot be set because %s is not a map[string]interface{}".formatted(walked));
      }
      at = at.objectAt(name);
    }
    at.set(path.getLast(), Json.of(replicas));
  }

  /// A scale is about the object that the path names.
  private static void requirePlace(ApiRequest request, JsonObject scale) {
    Metadata.requireNamespace(request.type(), scale, request.namespace());
    ObjectUpdate.requireName(scale, request.name());
  }

  /// Of what is put the store finds it.
  private static void requireUid(ApiRequest request, JsonObject scale, JsonObject current) {
    String uid = Metadata.text(scale, "uid");
    String there = Metadata.text(current, "uid");
    if (!request.type().isCustom() && !uid.isEmpty() && !uid.equals(there)) {
      throw ResourceVersions.otherUid(request, uid, there);
    }
  }

  /// The scale that a change begins with: one whose object has no replicas is not to be left without them by a patch of something else.
  private static JsonObject patched(ApiRequest request, JsonObject object) {
    JsonObject scale = of(request, object);
    boolean absent = find(object, paths(request).specReplicas()) instanceof Json.Null;
    if (absent && request.type().isCustom()) {
      scale.objectAt("spec").set("replicas", Json.of(NONE));
    }
    return scale;
  }

  private static JsonObject of(ApiRequest request, JsonObject object) {
    JsonObject metadata = Metadata.of(object);
    JsonObject shown = new JsonObject();
    for (String name :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      Json value = metadata.get(name);
      if (value != null) {
        shown.set(name, value);
      }
    }
    ScalePaths paths = paths(request);
    JsonObject spec = new JsonObject();
    if (number(object, paths.specReplicas()) != 0) {
      spec.set("replicas", Json.of(number(object, paths.specReplicas())));
    }
    JsonObject status =
        new JsonObject().set("replicas", Json.of(number(object, paths.statusReplicas())));
    String selector = SelectorText.of(find(object, paths.selector()));
    if (!selector.isEmpty()) {
      status.set("selector", selector);
    }
    return new JsonObject()
        .set("kind", KIND.kind())
        .set("apiVersion", KIND.groupVersion().text())
        .set("metadata", shown)
        .set("spec", spec)
        .set("status", status);
  }

  private static ScalePaths paths(ApiRequest request) {
    ScalePaths paths = request.type().scale();
    if (paths == null) {
      throw StatusErrors.nothingHere();
    }
    return paths;
  }

  private static long number(JsonObject object, String path) {
    return find(object, path) instanceof Json.Whole(var number) ? number : 0;
  }

  private static Json find(JsonObject object, String path) {
    Json at = object;
    for (String name : names(path)) {
      Json next = at instanceof JsonObject inner ? inner.get(name) : null;
      at = next == null ? Json.NULL : next;
    }
    return path.isEmpty() ? Json.NULL : at;
  }

  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("\\.", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }
}
