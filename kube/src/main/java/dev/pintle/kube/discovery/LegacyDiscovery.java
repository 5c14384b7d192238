package dev.pintle.kube.discovery;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ApiGroup;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.Subresource;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.Set;

/// The documents of `/api`, `/apis` and below, one for each group and version.
final class LegacyDiscovery {
  private final TypeSnapshot types;
  private final Set<ResourceType> builtIn;

  LegacyDiscovery(TypeSnapshot types, Set<ResourceType> builtIn) {
    this.types = types;
    this.builtIn = builtIn;
  }

  /// `/api`. Upstream leaves out its apiVersion.
  static JsonObject coreVersions(String serverAddress) {
    JsonObject anybody =
        new JsonObject().set("clientCIDR", "0.0.0.0/0").set("serverAddress", serverAddress);
    return new JsonObject()
        .set("kind", "APIVersions")
        .set("versions", JsonArray.of(Json.of("v1")))
        .set("serverAddressByClientCIDRs", JsonArray.of(anybody));
  }

  /// `/apis`
  JsonObject groups() {
    JsonArray groups = new JsonArray();
    for (ApiGroup group : types.groups()) {
      if (!group.name().isEmpty()) {
        groups.add(describe(new JsonObject(), group));
      }
    }
    return new JsonObject()
        .set("kind", "APIGroupList")
        .set("apiVersion", "v1")
        .set("groups", groups);
  }

  /// `/apis/GROUP`
  static JsonObject group(ApiGroup group) {
    return describe(new JsonObject().set("kind", "APIGroup").set("apiVersion", "v1"), group);
  }

  private static JsonObject describe(JsonObject into, ApiGroup group) {
    JsonArray versions = new JsonArray();
    group.versions().forEach(version -> versions.add(version(group, version)));
    return into.set("name", group.name())
        .set("versions", versions)
        .set("preferredVersion", version(group, group.preferredVersion()));
  }

  private static JsonObject version(ApiGroup group, String version) {
    return new JsonObject()
        .set("groupVersion", new GroupVersion(group.name(), version).text())
        .set("version", version);
  }

  /// `/api/v1` and `/apis/GROUP/VERSION`. Upstream leaves out the apiVersion of the first.
  JsonObject resources(GroupVersion groupVersion) {
    JsonArray resources = new JsonArray();
    for (ResourceType type : types.resources(groupVersion)) {
      resources.add(resource(type));
      type.subresources().forEach(subresource -> resources.add(subresource(type, subresource)));
    }
    JsonObject list = new JsonObject().set("kind", "APIResourceList");
    if (!groupVersion.group().isEmpty()) {
      list.set("apiVersion", "v1");
    }
    return list.set("groupVersion", groupVersion.text()).set("resources", resources);
  }

  private JsonObject resource(ResourceType type) {
    JsonObject resource =
        new JsonObject()
            .set("name", type.plural())
            .set("singularName", type.names().singular())
            .set("namespaced", Json.of(type.namespaced()))
            .set("kind", type.kind())
            .set("verbs", DiscoveryText.verbs(type.verbs(), !builtIn.contains(type)));
    DiscoveryText.setTexts(resource, "shortNames", type.names().shortNames());
    DiscoveryText.setTexts(resource, "categories", type.names().categories());
    if (!type.storing().hash().isEmpty()) {
      resource.set("storageVersionHash", type.storing().hash());
    }
    return resource;
  }

  private static JsonObject subresource(ResourceType type, Subresource subresource) {
    JsonObject resource =
        new JsonObject()
            .set("name", type.plural() + "/" + subresource.name())
            .set("singularName", "")
            .set("namespaced", Json.of(type.namespaced()));
    if (!subresource.kind().groupVersion().equals(type.groupVersion())) {
      resource
          .set("group", subresource.kind().group())
          .set("version", subresource.kind().version());
    }
    return resource
        .set("kind", subresource.kind().kind())
        .set("verbs", DiscoveryText.verbs(subresource.verbs(), false));
  }
}
