package dev.pintle.kube.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All resources served at one moment. Immutable.
public final class TypeSnapshot {
  private final long version;
  private final List<ApiGroup> groups;
  private final List<ResourceType> resources;
  private final Map<GroupVersion, Map<String, ResourceType>> byPlural = new HashMap<>();
  private final Map<GroupVersionKind, ResourceType> byKind = new HashMap<>();

  private final Map<GroupVersion, AggregatedGroupVersion> announced = new HashMap<>();

  TypeSnapshot(
      long version,
      List<ApiGroup> groups,
      Collection<ResourceType> resources,
      List<AggregatedGroupVersion> announced) {
    announced.forEach(each -> this.announced.put(each.groupVersion(), each));
    this.version = version;
    this.groups = List.copyOf(groups);
    this.resources = List.copyOf(resources);
    for (ResourceType type : this.resources) {
      byPlural
          .computeIfAbsent(type.groupVersion(), _ -> new LinkedHashMap<>())
          .put(type.plural(), type);
      byKind.putIfAbsent(type.groupVersionKind(), type);
    }
  }

  /// Grows with every change, so that what was derived from a snapshot knows when it is stale.
  public long version() {
    return version;
  }

  /// The groups in the order of discovery, the core group first.
  public List<ApiGroup> groups() {
    return groups;
  }

  public List<ResourceType> resources() {
    return resources;
  }

  public boolean serves(GroupVersion groupVersion) {
    return byPlural.containsKey(groupVersion);
  }

  /// Whether somebody else is to serve a version of a group that this server does not serve.
  public boolean isElsewhere(GroupVersion groupVersion) {
    AggregatedGroupVersion found = announced.get(groupVersion);
    return found != null && !found.local() && !serves(groupVersion);
  }

  /// The resources of one version of a group, ordered by plural name; none when it is not served.
  public List<ResourceType> resources(GroupVersion groupVersion) {
    List<ResourceType> found =
        new ArrayList<>(byPlural.getOrDefault(groupVersion, Map.of()).values());
    found.sort(Comparator.comparing(ResourceType::plural));
    return found;
  }

  public @Nullable ResourceType resource(GroupVersion groupVersion, String plural) {
    return byPlural.getOrDefault(groupVersion, Map.of()).get(plural);
  }

  public @Nullable ResourceType kind(GroupVersionKind kind) {
    return byKind.get(kind);
  }
}
