package dev.pintle.kube.verb;

import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.decode.Undecodable;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.PlainNumbers;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The body of an apply request: part of an object, in YAML or JSON.
///
/// @param repeated each key that comes twice, in the words of Go's parser
record ApplyConfiguration(JsonObject object, List<String> repeated) {

  static ApplyConfiguration read(ApiRequest request) {
    byte[] body = request.body().array();
    List<String> repeated = new ArrayList<>();
    Json read = json(body) instanceof JsonObject object ? object : yaml(body, repeated);
    RequestRecord record = request.notes().record();
    if (record != null && record.takesSent() && read instanceof JsonObject object) {
      record.sent(JsonWriter.bytes(object));
    }
    return switch (read) {
      case JsonObject object -> new ApplyConfiguration(PlainNumbers.in(object), repeated);
      case Json.Null _ -> new ApplyConfiguration(new JsonObject(), repeated);
      case JsonArray _, Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ ->
          throw StatusErrors.badRequest(
              "error decoding patch: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal %s into Go value of type map[string]interface {}"
                  .formatted(GoValues.kind(read)));
    };
  }

  /// Most clients send JSON, which is YAML too and is read faster as what it is; [Json#NULL] for what is not plain JSON.
  private static Json json(byte[] body) {
    if (body.length == 0 || body[0] != '{') {
      return Json.NULL;
    }
    List<String> repeated = new ArrayList<>(0);
    try {
      Json read = JsonReader.read(body, (path, _, _) -> repeated.add(path));
      return repeated.isEmpty() ? read : Json.NULL;
    } catch (JsonSyntaxException notJson) {
      return Json.NULL;
    }
  }

  private static Json yaml(byte[] body, List<String> repeated) {
    try {
      return YamlReader.read(new String(body, StandardCharsets.UTF_8), repeated::add);
    } catch (JsonSyntaxException broken) {
      // What looks like JSON is taken for it at first.
      String where =
          looksLikeJson(body)
              ? "error decoding patch: error converting YAML to JSON: "
              : "error encoding patch: ";
      throw StatusErrors.badRequest(where + broken.getMessage());
    }
  }

  private static boolean looksLikeJson(byte[] body) {
    int at = 0;
    while (at < body.length && Character.isWhitespace(body[at])) {
      at++;
    }
    return at < body.length && body[at] == '{';
  }

  /// Whether it leaves it to the server to say who owns what.
  boolean namesNoOwners() {
    return object.objectOrEmpty("metadata").get("managedFields") == null;
  }

  /// Says what is wrong with the body itself, once it turned out to be applicable.
  void complain(FieldValidation validation, Consumer<String> warnings) {
    if (repeated.isEmpty()) {
      return;
    }
    switch (validation) {
      case IGNORE -> {}
      case WARN -> repeated.forEach(warnings);
      case STRICT ->
          throw StatusErrors.badRequest(
              "error strict decoding patch: error converting YAML to JSON: yaml: unmarshal errors:\n  "
                  + String.join("\n  ", repeated));
    }
  }

  /// What came of it in the form of its kind.
  JsonObject shaped(
      VerbContext context, GroupVersionKind kind, SchemaNode schema, JsonObject applied) {
    Expected expected = new Expected(kind, schema, FieldValidation.IGNORE);
    boolean custom = schema.typeName().isEmpty();
    try {
      return custom
          ? context.bodies().applied(applied, schema)
          : context.bodies().convert(applied, expected, List.of(), _ -> {});
    } catch (Undecodable wrong) {
      if (wrong.isUnconverted()) {
        throw StatusErrors.bare(
            500,
            "failed to convert to unversioned (%s): %s"
                .formatted(called(kind, object), wrong.getMessage()));
      }
      String why =
          custom
              ? wrong.getMessage()
              : "unable to convert unstructured object to %s, Kind=%s: %s"
                  .formatted(groupVersion(kind), kind.kind(), wrong.getMessage());
      throw unconvertible(kind, object, why);
    }
  }

  /// Upstream's answer, and its code, for what cannot be read into the structures of its kind.
  static StatusError unconvertible(GroupVersionKind kind, JsonObject object, String why) {
    return StatusErrors.bare(
        500,
        "failed to convert new object (%s) to proper version: %s"
            .formatted(called(kind, object), why));
  }

  private static String called(GroupVersionKind kind, JsonObject object) {
    return "%s/%s; %s, Kind=%s"
        .formatted(
            Metadata.text(object, "namespace"),
            Metadata.name(object),
            groupVersion(kind),
            kind.kind());
  }

  /// The core group has an empty name here.
  private static String groupVersion(GroupVersionKind kind) {
    return kind.group() + "/" + kind.version();
  }
}
