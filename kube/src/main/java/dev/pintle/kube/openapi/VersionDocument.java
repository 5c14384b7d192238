package dev.pintle.kube.openapi;

import dev.pintle.kube.decode.KnownKinds;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The writer of one version's document: the paths of a version of a group, and the definitions they need.
final class VersionDocument {
  /// Of documents that tell of custom resources alone.
  private static final JsonObject CUSTOM_INFO =
      new JsonObject().set("title", "Kubernetes CRD Swagger").set("version", "v0.1.0");

  private static final GroupVersion META = GroupVersion.parse("v1");

  /// The kinds that tell what there is.
  private static final List<String> OF_DISCOVERY =
      List.of("APIGroup", "APIGroupList", "APIVersions");

  private static final Set<String> UNKNOWN_TO_CLIENTS =
      Set.of(
          "admission.k8s.io",
          "apiextensions.k8s.io",
          "apiregistration.k8s.io",
          "imagepolicy.k8s.io");

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
    boolean custom = types.resources(version).stream().allMatch(ResourceType::isCustom);
    JsonObject paths =
        paths(
            types,
            version,
            definitions,
            custom ? knownToClients() : new HashSet<>(List.of(META, version)));
    if (custom) {
      return document(CUSTOM_INFO, paths, new JsonObject().set("schemas", definitions.write()));
    }
    return ours(paths, definitions);
  }

  /// A path without resources, in v3.
  JsonObject v3(RootPath root) {
    DefinitionClosure definitions =
        new DefinitionClosure(OpenApiVersion.V3, served(builtIn.snapshot()));
    JsonObject paths = new JsonObject();
    write(root, definitions, paths);
    return ours(paths, definitions);
  }

  private JsonObject ours(JsonObject paths, DefinitionClosure definitions) {
    JsonObject bearer =
        new JsonObject()
            .set("type", "apiKey")
            .set("description", "Bearer Token authentication")
            .set("name", "authorization")
            .set("in", "header");
    JsonObject components = new JsonObject();
    JsonObject schemas = definitions.write();
    if (!schemas.isEmpty()) {
      components.set("schemas", schemas);
    }
    components.set("securitySchemes", new JsonObject().set("BearerToken", bearer));
    return document(info(), paths, components);
  }

  private void write(RootPath root, DefinitionClosure definitions, JsonObject paths) {
    ReferencedDefinitions kinds = new ReferencedDefinitions(builtIn, definitions, Set.of(META));
    OperationText text = new OperationText(definitions.dialect(), META, false);
    paths.set(root.path(), root.operations(kinds, text));
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
    Set<GroupVersion> known = known();
    JsonObject paths = new JsonObject();
    types
        .groups()
        .forEach(group ->
            group
                .versions()
                .forEach(version ->
                    paths(types, new GroupVersion(group.name(), version), definitions, known)
                        .forEach(path -> paths.set(path.name(), path.value()))));
    RootPath.all(builtIn.snapshot()).forEach(root -> write(root, definitions, paths));
    JsonObject sorted = sorted(paths);
    JsonObject parameters = new NamedParameters().name(sorted);
    JsonObject bearer =
        new JsonObject()
            .set("description", "Bearer Token authentication")
            .set("type", "apiKey")
            .set("name", "authorization")
            .set("in", "header");
    return new JsonObject()
        .set("swagger", "2.0")
        .set("info", info())
        .set("paths", sorted)
        .set("definitions", definitions.write())
        .set("parameters", parameters)
        .set("securityDefinitions", new JsonObject().set("BearerToken", bearer))
        .set("security", JsonArray.of(new JsonObject().set("BearerToken", new JsonArray())));
  }

  private JsonObject info() {
    return new JsonObject().set("title", "Kubernetes").set("version", release);
  }

  private JsonObject paths(
      TypeSnapshot types,
      GroupVersion version,
      DefinitionClosure definitions,
      Set<GroupVersion> optionVersions) {
    JsonObject paths = new JsonObject();
    ReferencedDefinitions kinds = new ReferencedDefinitions(builtIn, definitions, optionVersions);
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

  /// Every version that the server knows, be it served or not.
  private Set<GroupVersion> known() {
    Set<GroupVersion> known = new HashSet<>(KnownKinds.versions());
    builtIn.snapshot().resources().forEach(type -> known.add(type.groupVersion()));
    return known;
  }

  /// Of those, the versions that a client's library knows; the documents of custom resources are made with that.
  private Set<GroupVersion> knownToClients() {
    Set<GroupVersion> known = known();
    known.removeIf(version -> UNKNOWN_TO_CLIENTS.contains(version.group()));
    return known;
  }

  private static Map<String, GroupVersionKind> served(TypeSnapshot types) {
    Map<String, GroupVersionKind> served = new HashMap<>();
    for (ResourceType type : types.resources()) {
      if (!type.isCustom()) {
        served.put(type.schema().typeName(), type.groupVersionKind());
      }
    }
    for (String kind : OF_DISCOVERY) {
      served.put(DefinitionClosure.META + kind, META.kind(kind));
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
