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
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String WATCH = ";stream=watch";
  private static final int UNAUTHORIZED = 401;

  JsonObject write(Operation operation) {
    JsonObject text = new JsonObject();
    text.set("tags", JsonArray.of(Json.of(PathNames.tag(version))));
    text.set("description", operation.title().description());
    text.set("operationId", operation.title().id());
    if (dialect == OpenApiVersion.V2) {
      text.set("consumes", SchemaText.texts(consumed(operation)));
      text.set("produces", SchemaText.texts(produced(operation)));
      text.set("schemes", JsonArray.of(Json.of("https")));
    }
    JsonArray parameters = parameters(operation);
    if (!parameters.isEmpty()) {
      text.set("parameters", parameters);
    }
    if (dialect == OpenApiVersion.V3 && !operation.body().ref().isEmpty()) {
      text.set("requestBody", body(operation));
    }
    text.set("responses", responses(operation));
    text.set("x-kubernetes-action", operation.action());
    return text.set(
        "x-kubernetes-group-version-kind", DefinitionClosure.kind(operation.title().kind()));
  }

  /// The path of the version itself, where it lists its resources.
  JsonObject resources(String answer) {
    String id = "get" + PathNames.groupVersion(version) + "APIResources";
    GroupVersionKind kind = version.kind("APIResourceList");
    Operation operation =
        Operation.of("get", new Operation.Title(id, "get available resources", kind));
    JsonObject text = write(operation.answering(answer, 200));
    text.remove("x-kubernetes-action");
    text.remove("x-kubernetes-group-version-kind");
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

  private JsonObject body(Operation operation) {
    JsonObject content = new JsonObject();
    consumed(operation).forEach(type -> content.set(type, schema(operation.body().ref())));
    JsonObject body = new JsonObject().set("content", content);
    return operation.body().required() ? body.set("required", Json.of(true)) : body;
  }

  private static JsonObject schema(String ref) {
    return new JsonObject().set("schema", new JsonObject().set("$ref", ref));
  }

  private JsonObject responses(Operation operation) {
    JsonObject responses = new JsonObject();
    for (int code : operation.codes()) {
      responses.set(Integer.toString(code), response(operation, code));
    }
    return responses.set(
        Integer.toString(UNAUTHORIZED), new JsonObject().set("description", "Unauthorized"));
  }

  private JsonObject response(Operation operation, int code) {
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
    for (String type : produced(operation)) {
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
          new ArrayList<>(
              List.of(
                  "application/apply-patch+yaml",
                  "application/json-patch+json",
                  "application/merge-patch+json"));
      if (!custom) {
        patches.add("application/strategic-merge-patch+json");
      }
      return patches;
    }
    return custom ? List.of("application/json", "application/yaml") : List.of("*/*");
  }

  private List<String> produced(Operation operation) {
    if (operation.answer().isEmpty()) {
      return List.of("*/*");
    }
    List<String> types = new ArrayList<>(List.of("application/json"));
    boolean list = operation.action().equals("list");
    if (list && !custom) {
      types.add("application/json" + WATCH);
    }
    if (!custom) {
      types.add(PROTOBUF);
      if (list) {
        types.add(PROTOBUF + WATCH);
      }
    }
    types.add("application/yaml");
    return types;
  }
}
