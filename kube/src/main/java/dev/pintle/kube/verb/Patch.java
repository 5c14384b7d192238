package dev.pintle.kube.verb;

import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.decode.Undecodable;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonRangeException;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.patch.PatchException;
import dev.pintle.kube.patch.PatchType;
import dev.pintle.kube.patch.Patches;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The handler of `patch`.
public final class Patch implements VerbHandler {
  private static final List<PatchType> OFFERED =
      List.of(PatchType.JSON, PatchType.MERGE, PatchType.STRATEGIC, PatchType.APPLY);

  private final VerbContext context;

  public Patch(VerbContext context) {
    this.context = context;
  }

  @Override
  public Answer handle(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    PatchType patchType = type(request);
    if (patchType == PatchType.APPLY) {
      WriteOptions options = WriteOptions.parseApply(request.query());
      return new Apply(context).handle(request, options, view, warnings);
    }
    WriteOptions options = WriteOptions.parse(request.query(), "PatchOptions");
    if (request.query().has("force")) {
      Cause cause =
          new Cause(
              "FieldValueForbidden",
              "Forbidden: may not be specified for non-apply patch",
              "force");
      throw StatusErrors.invalidKind("meta.k8s.io", "PatchOptions", "", List.of(cause));
    }
    Json patch = parse(context, request, patchType);
    if (patchType == PatchType.MERGE && !(patch instanceof JsonObject)) {
      throw StatusErrors.badRequest(
          "error decoding patch: json: cannot unmarshal %s into Go value of type map[string]interface {}"
              .formatted(GoValues.kind(patch)));
    }
    return new ObjectUpdate(
            context,
            request,
            options,
            current -> patched(request, patchType, patch, current, options, warnings),
            warnings)
        .run(view);
  }

  static PatchType type(ApiRequest request) {
    String contentType = request.contentType();
    int semicolon = contentType.indexOf(';');
    String bare = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    boolean custom = request.type().isCustom();
    return PatchType.of(bare)
        .map(type -> requireOffered(type, custom))
        .orElseThrow(StatusErrors::unknownPatch);
  }

  private static PatchType requireOffered(PatchType type, boolean custom) {
    if (OFFERED.contains(type) && !(custom && type == PatchType.STRATEGIC)) {
      return type;
    }
    throw unsupported(custom);
  }

  private static StatusError unsupported(boolean custom) {
    List<String> offered = new ArrayList<>();
    for (PatchType type : OFFERED) {
      if (!(custom && type == PatchType.STRATEGIC)) {
        offered.add(type.contentType());
      }
    }
    return StatusErrors.unsupportedMediaType(String.join(", ", offered));
  }

  /// The body of a patch that is JSON.
  static Json parse(VerbContext context, ApiRequest request, PatchType type) {
    byte[] body = request.body().array();
    Json excessive = Patches.excessive(type, body);
    if (excessive != null) {
      return excessive;
    }
    try {
      return context.bodies().readAny(MediaType.JSON, body);
    } catch (JsonRangeException tooLarge) {
      throw StatusErrors.badRequest("error decoding patch: " + tooLarge.getMessage());
    } catch (JsonSyntaxException broken) {
      throw StatusErrors.badRequest("invalid JSON patch");
    }
  }

  private JsonObject patched(
      ApiRequest request,
      PatchType patchType,
      Json patch,
      JsonObject current,
      WriteOptions options,
      Consumer<String> warnings) {
    JsonObject patched = apply(patchType, patch, current, request.type().schema());
    return reshaped(patchType, patch, patched, Create.expected(request.type(), options), warnings);
  }

  static JsonObject apply(PatchType patchType, Json patch, JsonObject current, SchemaNode schema) {
    try {
      return Patches.apply(patchType, patch, current, schema);
    } catch (PatchException wrong) {
      throw refusal(wrong);
    }
  }

  /// The patched object in the form of its kind.
  JsonObject reshaped(
      PatchType patchType,
      Json patch,
      JsonObject patched,
      Expected expected,
      Consumer<String> warnings) {
    // A strategic patch changes the fields of a structure of Go, which knows its kind without being
    // told.
    boolean strategic = patchType == PatchType.STRATEGIC;
    try {
      if (!strategic) {
        context.bodies().requirePatched(patched, expected);
      }
      return context.bodies().reshape(patched, expected, warnings);
    } catch (Undecodable wrong) {
      String shown = strategic ? GoValues.text(patch) : JsonWriter.text(ordered(patched, expected));
      Cause cause =
          new Cause(
              "FieldValueInvalid",
              "Invalid value: %s: %s"
                  .formatted(JsonWriter.text(Json.of(shown)), wrong.getMessage()),
              "patch");
      throw StatusErrors.invalidKind("", "", "", List.of(cause));
    }
  }

  /// As upstream shows it: what has a structure in Go keeps the order of that within itself.
  private static JsonObject ordered(JsonObject patched, Expected expected) {
    return expected.node().typeName().isEmpty()
        ? FieldOrder.byNameThroughout(patched)
        : FieldOrder.byName(patched);
  }

  private static StatusError refusal(PatchException wrong) {
    String message = wrong.getMessage();
    return switch (wrong.kind()) {
      case MALFORMED -> StatusErrors.badRequest(message);
      case TOO_LARGE ->
          new StatusError(new Status(413, "RequestEntityTooLarge", message, Details.NONE));
      case NOT_APPLICABLE ->
          new StatusError(
              new Status(
                  422,
                  "Invalid",
                  "the server rejected our request due to an error in our request",
                  Details.EMPTY));
    };
  }
}
