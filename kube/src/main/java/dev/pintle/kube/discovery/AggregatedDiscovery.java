package dev.pintle.kube.discovery;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ApiGroup;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.Subresource;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.Set;

/// The aggregated discovery, everything a client wants to know in two documents: the core group at `/api`, all others at
/// `/apis`.
final class AggregatedDiscovery {
  private final TypeSnapshot types;
  private final Set<ResourceType> builtIn;

  AggregatedDiscovery(TypeSnapshot types, Set<ResourceType> builtIn) {
    this.types = types;
    this.builtIn = builtIn;
  }

  JsonObject core() {
    return list(true);
  }

  JsonObject groups() {
    return list(false);
  }

  private JsonObject list(boolean core) {
    JsonArray items = new JsonArray();
    for (ApiGroup group : types.groups()) {
      JsonArray versions = versions(group);
      if (group.name().isEmpty() == core && versions.size() > 0) {
        items.add(group(group, versions));
      }
    }
    return new JsonObject()
        .set("kind", "APIGroupDiscoveryList")
        .set("apiVersion", "apidiscovery.k8s.io/v2")
        .set("metadata", new JsonObject())
        .set("items", items);
  }

  private static JsonObject group(ApiGroup group, JsonArray versions) {
    JsonObject metadata = new JsonObject();
    if (!group.name().isEmpty()) {
      metadata.set("name", group.name());
    }
    return new JsonObject().set("metadata", metadata).set("versions", versions);
  }

  /// Of what others are to serve, no more is told than that it was not heard of.
  private JsonArray versions(ApiGroup group) {
    JsonArray versions = new JsonArray();
    for (String version : group.versions()) {
      GroupVersion each = new GroupVersion(group.name(), version);
      if (types.serves(each)) {
        versions.add(version(each));
      } else if (types.isElsewhere(each)) {
        versions.add(new JsonObject().set("version", version).set("freshness", "Stale"));
      }
    }
    return versions;
  }

  private JsonObject version(GroupVersion groupVersion) {
    JsonArray resources = new JsonArray();
    types.resources(groupVersion).forEach(type -> resources.add(resource(type)));
    return new JsonObject()
        .set("version", groupVersion.version())
        .set("resources", resources)
        .set("freshness", "Current");
  }

  private JsonObject resource(ResourceType type) {
    JsonObject resource =
        new JsonObject()
            .set("resource", type.plural())
            .set("responseKind", kind(type, type.groupVersionKind()))
            .set("scope", type.namespaced() ? "Namespaced" : "Cluster")
            .set("singularResource", type.names().singular())
            .set("verbs", DiscoveryText.verbs(type.verbs(), !builtIn.contains(type)));
    DiscoveryText.setTexts(resource, "shortNames", type.names().shortNames());
    DiscoveryText.setTexts(resource, "categories", type.names().categories());
    if (!type.subresources().isEmpty()) {
      JsonArray subresources = new JsonArray();
      type.subresources().forEach(subresource -> subresources.add(subresource(type, subresource)));
      resource.set("subresources", subresources);
    }
    return resource;
  }

  private JsonObject subresource(ResourceType type, Subresource subresource) {
    return new JsonObject()
        .set("subresource", subresource.name())
        .set("responseKind", kind(type, subresource.kind()))
        .set("verbs", DiscoveryText.verbs(subresource.verbs(), false));
  }

  /// Built-in resources leave out a group and version that are their own; custom ones do not.
  private JsonObject kind(ResourceType type, GroupVersionKind kind) {
    boolean own = builtIn.contains(type) && kind.groupVersion().equals(type.groupVersion());
    return new JsonObject()
        .set("group", own ? "" : kind.group())
        .set("version", own ? "" : kind.version())
        .set("kind", kind.kind());
  }
}
