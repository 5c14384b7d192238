package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// The writer of one version's document: the paths of a version of a group, and the definitions they need.
final class VersionDocument {
  /// Of documents that tell of custom resources alone.
  private static final JsonObject CUSTOM_INFO =
      new JsonObject().set("title", "Kubernetes CRD Swagger").set("version", "v0.1.0");

  private final BuiltInTypes builtIn;
  private final String release;

  /// @param release the version of the API that is described, `1.37`
  VersionDocument(BuiltInTypes builtIn, String release) {
    this.builtIn = builtIn;
    this.release = release;
  }

  /// One version of a group, in v3.
  JsonObject v3(TypeSnapshot types, GroupVersion version) {
    DefinitionClosure definitions = new DefinitionClosure(OpenApiVersion.V3, served(types));
    JsonObject paths = paths(types, version, definitions);
    boolean custom = types.resources(version).stream().allMatch(ResourceType::isCustom);
    if (custom) {
      return document(CUSTOM_INFO, paths, new JsonObject().set("schemas", definitions.write()));
    }
    JsonObject bearer =
        new JsonObject()
            .set("type", "apiKey")
            .set("description", "Bearer Token authentication")
            .set("name", "authorization")
            .set("in", "header");
    JsonObject components =
        new JsonObject()
            .set("schemas", definitions.write())
            .set("securitySchemes", new JsonObject().set("BearerToken", bearer));
    return document(info(), paths, components);
  }

  private static JsonObject document(JsonObject info, JsonObject paths, JsonObject components) {
    return new JsonObject()
        .set("openapi", "3.0.0")
        .set("info", info)
        .set("paths", sorted(paths))
        .set("components", components);
  }

  /// Everything, in v2.
  JsonObject v2(TypeSnapshot types) {
    DefinitionClosure definitions = new DefinitionClosure(OpenApiVersion.V2, served(types));
    JsonObject paths = new JsonObject();
    types
        .groups()
        .forEach(group ->
            group
                .versions()
                .forEach(version ->
                    paths(types, new GroupVersion(group.name(), version), definitions)
                        .forEach(path -> paths.set(path.name(), path.value()))));
    JsonObject bearer =
        new JsonObject()
            .set("description", "Bearer Token authentication")
            .set("type", "apiKey")
            .set("name", "authorization")
            .set("in", "header");
    return new JsonObject()
        .set("swagger", "2.0")
        .set("info", info())
        .set("paths", sorted(paths))
        .set("definitions", definitions.write())
        .set("securityDefinitions", new JsonObject().set("BearerToken", bearer))
        .set("security", JsonArray.of(new JsonObject().set("BearerToken", new JsonArray())));
  }

  private JsonObject info() {
    return new JsonObject().set("title", "Kubernetes").set("version", release);
  }

  private JsonObject paths(
      TypeSnapshot types, GroupVersion version, DefinitionClosure definitions) {
    JsonObject paths = new JsonObject();
    ReferencedDefinitions kinds = new ReferencedDefinitions(builtIn, definitions, version);
    for (ResourceType type : types.resources(version)) {
      OperationText text = new OperationText(definitions.dialect(), version, type.isCustom());
      new ResourcePaths(type, kinds, text, paths).write();
    }
    if (types.resources(version).stream().allMatch(ResourceType::isCustom)) {
      return paths;
    }
    OperationText text = new OperationText(definitions.dialect(), version, false);
    return paths.set(PathNames.root(version) + "/", text.resources(kinds.resourceList()));
  }

  private static Map<String, GroupVersionKind> served(TypeSnapshot types) {
    Map<String, GroupVersionKind> served = new HashMap<>();
    for (ResourceType type : types.resources()) {
      if (!type.isCustom()) {
        served.put(type.schema().typeName(), type.groupVersionKind());
      }
    }
    return served;
  }

  private static JsonObject sorted(JsonObject object) {
    Map<String, Json> byName = new TreeMap<>();
    object.forEach(field -> byName.put(field.name(), field.value()));
    JsonObject sorted = new JsonObject();
    byName.forEach(sorted::set);
    return sorted;
  }
}
