package dev.pintle.kube.decode;

import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/// Reads the object that a body holds, checks that it is of the kind that is expected, and shapes it.
public final class BodyReader {
  private static final int SUMMARY_BYTES = 30;

  private final Protobuf protobuf;

  public BodyReader(Protobuf protobuf) {
    this.protobuf = protobuf;
  }

  /// What is expected in a body.
  public record Expected(GroupVersionKind kind, SchemaNode node, FieldValidation validation) {}

  /// @param warnings takes what is wrong but let through
  public JsonObject read(
      MediaType type, byte[] body, Expected expected, Consumer<String> warnings) {
    List<String> complaints = new ArrayList<>();
    JsonObject object = parse(type, body, expected, complaints);
    requireKind(object, expected, body);
    JsonObject shaped = shape(object, expected, complaints);
    settle(expected, complaints, warnings);
    return shaped;
  }

  /// Shapes an object that a patch made, as if it had been sent.
  public JsonObject reshape(JsonObject object, Expected expected, Consumer<String> warnings) {
    List<String> complaints = new ArrayList<>();
    JsonObject shaped = shape(object, expected, complaints);
    settle(expected, complaints, warnings);
    return shaped;
  }

  /// Reads a small object of the machinery, such as the options of a deletion, without a schema.
  public Json readAny(MediaType type, byte[] body) {
    return type == MediaType.PROTOBUF
        ? protobuf.read(body, GroupVersionKind.of("meta.k8s.io/v1", "DeleteOptions"))
        : parse(type, body, new ArrayList<>());
  }

  /// Parses without a look at kinds.
  public Json parse(MediaType type, byte[] body, List<? super String> complaints) {
    return switch (type) {
      case JSON ->
          JsonReader.read(body, path -> complaints.add("duplicate field \"%s\"".formatted(path)));
      case YAML -> {
        List<String> lines = new ArrayList<>();
        Json value = YamlReader.read(new String(body, StandardCharsets.UTF_8), lines::add);
        if (!lines.isEmpty()) {
          complaints.add("yaml: unmarshal errors:\n  " + String.join("\n  ", lines));
        }
        yield value;
      }
      case PROTOBUF -> throw new JsonSyntaxException("protobuf (expected: JSON or YAML)");
    };
  }

  private JsonObject parse(
      MediaType type, byte[] body, Expected expected, List<String> complaints) {
    try {
      if (type == MediaType.PROTOBUF) {
        return protobuf.read(body, expected.kind());
      }
      Json value = parse(type, body, complaints);
      if (value instanceof JsonObject object) {
        return object;
      }
      String go = GoTypes.value(value);
      throw new JsonSyntaxException(
          "json: cannot unmarshal %s into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }"
              .formatted(go));
    } catch (JsonSyntaxException broken) {
      boolean yaml =
          type == MediaType.YAML && String.valueOf(broken.getMessage()).startsWith("yaml:");
      String why =
          yaml
              ? "error converting YAML to JSON: "
              : "couldn't get version/kind; json parse error: ";
      throw unrecognized(expected, why + broken.getMessage(), body);
    } catch (IllegalArgumentException broken) {
      throw unrecognized(expected, String.valueOf(broken.getMessage()), body);
    }
  }

  private static RuntimeException unrecognized(Expected expected, String why, byte[] body) {
    return Refusals.badRequest(
        "the object provided is unrecognized (must be of type %s): %s (%s)"
            .formatted(expected.kind().kind(), why, summary(body)));
  }

  private static String summary(byte[] body) {
    if (body.length == 0) {
      return "<empty>";
    }
    int shown = Math.min(body.length, SUMMARY_BYTES);
    String more = body.length > SUMMARY_BYTES ? " ..." : "";
    return body[0] == '{'
        ? new String(body, 0, shown, StandardCharsets.UTF_8) + more
        : HexFormat.of().formatHex(body, 0, shown) + more;
  }

  /// Fills in kind and apiVersion where they are missing, as upstream does, and refuses others than expected.
  private static void requireKind(JsonObject object, Expected expected, byte[] body) {
    String kind = textOrEmpty(object, "kind");
    String apiVersion = textOrEmpty(object, "apiVersion");
    GroupVersionKind wanted = expected.kind();
    if (kind.isEmpty()) {
      object.set("kind", wanted.kind());
    }
    if (apiVersion.isEmpty()) {
      object.set("apiVersion", wanted.groupVersion().text());
    }
    if (!apiVersion.isEmpty() && !GroupVersion.parse(apiVersion).equals(wanted.groupVersion())) {
      throw Refusals.badRequest(
          "the API version in the data (%s) does not match the expected API version (%s)"
              .formatted(apiVersion, wanted.groupVersion().text()));
    }
    if (!kind.isEmpty() && !kind.equals(wanted.kind())) {
      throw Refusals.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: no kind \"%s\" is registered for version \"%s\""
              .formatted(
                  kind, wanted.version(), wanted.kind(), kind, wanted.groupVersion().text()));
    }
  }

  private static String textOrEmpty(JsonObject object, String name) {
    String text = object.text(name);
    return text == null ? "" : text;
  }

  private static JsonObject shape(JsonObject object, Expected expected, List<String> complaints) {
    try {
      List<String> unknown = new ArrayList<>();
      JsonObject shaped = Shaper.shape(expected.node(), object, unknown);
      complaints.addAll(0, unknown);
      return shaped;
    } catch (WrongType wrong) {
      throw Refusals.badRequest(cannotBeHandled(expected, String.valueOf(wrong.getMessage())));
    }
  }

  private static String cannotBeHandled(Expected expected, String why) {
    GroupVersionKind kind = expected.kind();
    return "%s in version \"%s\" cannot be handled as a %s: %s"
        .formatted(kind.kind(), kind.version(), kind.kind(), why);
  }

  private static void settle(
      Expected expected, List<String> complaints, Consumer<String> warnings) {
    if (complaints.isEmpty()) {
      return;
    }
    switch (expected.validation()) {
      case IGNORE -> {}
      case WARN -> complaints.forEach(warnings);
      case STRICT ->
          throw Refusals.badRequest(
              cannotBeHandled(expected, "strict decoding error: " + String.join(", ", complaints)));
    }
  }
}
