package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.ArrayList;
import java.util.List;

/// The writer of operations in one of the dialects.
///
/// @param custom whether the resource is a custom one: those have no binary form and no strategic
///   patch
record OperationText(OpenApiVersion dialect, GroupVersion version, boolean custom) {
  private static final String JSON = "application/json";
  private static final String YAML = "application/yaml";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String WATCH = ";stream=watch";
  private static final String ANYTHING = "*/*";
  private static final int UNAUTHORIZED = 401;

  /// The forms in which answers come when nothing is watched.
  static final List<String> FORMS = List.of(JSON, YAML, PROTOBUF);

  /// The media types of what an operation takes and of what it answers.
  record Media(List<String> consumed, List<String> produced) {}

  JsonObject write(Operation operation) {
    Media media = new Media(consumed(operation), produced(operation));
    return write(PathNames.tag(version), operation, media)
        .set("x-kubernetes-action", operation.action())
        .set("x-kubernetes-group-version-kind", DefinitionClosure.kind(operation.title().kind()));
  }

  /// An operation on no resource in particular.
  JsonObject write(String tag, Operation operation, Media media) {
    JsonObject text = new JsonObject();
    text.set("tags", JsonArray.of(Json.of(tag)));
    text.set("description", operation.title().description());
    text.set("operationId", operation.title().id());
    if (dialect == OpenApiVersion.V2) {
      if (!media.consumed().isEmpty()) {
        text.set("consumes", SchemaText.texts(media.consumed()));
      }
      text.set("produces", SchemaText.texts(media.produced()));
      text.set("schemes", JsonArray.of(Json.of("https")));
    }
    JsonArray parameters = parameters(operation);
    if (!parameters.isEmpty()) {
      text.set("parameters", parameters);
    }
    if (dialect == OpenApiVersion.V3 && !operation.body().ref().isEmpty()) {
      text.set("requestBody", body(operation, media.consumed()));
    }
    return text.set("responses", responses(operation, media.produced()));
  }

  /// The path of the version itself, where it lists its resources.
  JsonObject resources(String answer) {
    String id = "get" + PathNames.groupVersion(version) + "APIResources";
    GroupVersionKind kind = version.kind("APIResourceList");
    Operation operation =
        Operation.of("get", new Operation.Title(id, "get available resources", kind));
    JsonObject text =
        write(PathNames.tag(version), operation.answering(answer, 200), new Media(FORMS, FORMS));
    return new JsonObject().set("get", text);
  }

  private JsonArray parameters(Operation operation) {
    JsonArray parameters = new JsonArray();
    Operation.Body body = operation.body();
    if (dialect == OpenApiVersion.V2 && !body.ref().isEmpty()) {
      JsonObject sent = new JsonObject().set("name", "body").set("in", "body");
      if (body.required()) {
        sent.set("required", Json.of(true));
      }
      parameters.add(sent.set("schema", new JsonObject().set("$ref", body.ref())));
    }
    operation.parameters().forEach(parameter -> parameters.add(parameter.write(dialect)));
    return parameters;
  }

  private JsonObject body(Operation operation, List<String> consumed) {
    JsonObject content = new JsonObject();
    consumed.stream().sorted().forEach(type -> content.set(type, schema(operation.body().ref())));
    JsonObject body = new JsonObject().set("content", content);
    return operation.body().required() ? body.set("required", Json.of(true)) : body;
  }

  private static JsonObject schema(String ref) {
    return new JsonObject().set("schema", new JsonObject().set("$ref", ref));
  }

  private JsonObject responses(Operation operation, List<String> produced) {
    JsonObject responses = new JsonObject();
    for (int code : operation.codes()) {
      responses.set(Integer.toString(code), response(operation, code, produced));
    }
    return responses.set(
        Integer.toString(UNAUTHORIZED), new JsonObject().set("description", "Unauthorized"));
  }

  private JsonObject response(Operation operation, int code, List<String> produced) {
    JsonObject response =
        new JsonObject()
            .set(
                "description",
                switch (code) {
                  case 201 -> "Created";
                  case 202 -> "Accepted";
                  default -> "OK";
                });
    if (dialect == OpenApiVersion.V2) {
      JsonObject answer = new JsonObject();
      return response.set(
          "schema",
          operation.answer().isEmpty()
              ? answer.set("type", "string")
              : answer.set("$ref", operation.answer()));
    }
    JsonObject content = new JsonObject();
    for (String type : produced.stream().sorted().toList()) {
      content.set(
          type,
          operation.answer().isEmpty()
              ? new JsonObject().set("schema", new JsonObject().set("type", "string"))
              : schema(operation.answer()));
    }
    return response.set("content", content);
  }

  private List<String> consumed(Operation operation) {
    if (operation.body().patch()) {
      List<String> patches =
          new ArrayList<>(List.of("application/json-patch+json", "application/merge-patch+json"));
      if (!custom) {
        patches.add("application/strategic-merge-patch+json");
      }
      patches.add("application/apply-patch+yaml");
      return patches;
    }
    return custom ? List.of(JSON, YAML) : List.of(ANYTHING);
  }

  private List<String> produced(Operation operation) {
    if (operation.action().equals("connect")) {
      return List.of(ANYTHING);
    }
    List<String> types = new ArrayList<>();
    if (operation.answer().isEmpty()) {
      types.add("text/plain");
    }
    types.addAll(custom ? List.of(JSON, YAML) : FORMS);
    boolean watches =
        switch (operation.action()) {
          case "list", "watchlist", "watch" -> !custom;
          default -> false;
        };
    if (watches) {
      types.add(JSON + WATCH);
      types.add(PROTOBUF + WATCH);
    }
    return types;
  }
}
