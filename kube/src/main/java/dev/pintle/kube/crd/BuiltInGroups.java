package dev.pintle.kube.crd;

import dev.pintle.kube.schema.ApiGroup;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The groups and storage prefixes of the built-in kinds, which no definition may take.
final class BuiltInGroups {
  private final Set<String> groups;
  private final List<String> prefixes;

  BuiltInGroups(TypeSnapshot builtIn) {
    this.groups = builtIn.groups().stream().map(ApiGroup::name).collect(Collectors.toSet());
    this.prefixes =
        builtIn.resources().stream()
            .map(ResourceType::storing)
            .map(storing -> storing.prefix() + "/")
            .filter(prefix -> prefix.length() > 1)
            .distinct()
            .toList();
  }

  /// Whether the resources of the group are those of the program, in every version.
  boolean hasGroup(CustomResourceDefinition definition) {
    return groups.contains(definition.group());
  }

  /// Whether the objects of a definition would lie among those of a built-in resource.
  boolean overlaps(CustomResourceDefinition definition) {
    String own = definition.instancePrefix() + "/";
    return prefixes.stream().anyMatch(prefix -> prefix.startsWith(own) || own.startsWith(prefix));
  }
}
