package dev.pintle.kube.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The versions of built-in resources that upstream serves no more, and that are served if they are asked for: with the structures of the
/// version that took their place.
public final class EarlierVersions {
  private static final String FLOW = "flowcontrol.apiserver.k8s.io";
  private static final Map<GroupVersion, Successor> KNOWN =
      Map.of(
          new GroupVersion(FLOW, "v1beta3"),
          new Successor(
              new GroupVersion(FLOW, "v1"), "deprecated in v1.29+, unavailable in v1.32+"));

  private EarlierVersions() {}

  /// The version that took the place of another.
  ///
  /// @param fate of the version, as those who use it are told
  private record Successor(GroupVersion version, String fate) {}

  /// Whether a version can be asked for.
  public static boolean isKnown(GroupVersion version) {
    return KNOWN.containsKey(version);
  }

  /// The version that took the place of another.
  public static GroupVersion successor(GroupVersion version) {
    return known(version).version();
  }

  private static Successor known(GroupVersion version) {
    Successor found = KNOWN.get(version);
    if (found == null) {
      throw new IllegalArgumentException(
          "version: %s (expected: one of %s)".formatted(version.text(), KNOWN.keySet()));
    }
    return found;
  }

  /// Such a snapshot that serves a version more.
  static TypeSnapshot with(TypeSnapshot before, GroupVersion version) {
    Successor successor = known(version);
    List<ResourceType> resources = new ArrayList<>(before.resources());
    for (ResourceType type : before.resources(successor.version())) {
      String warning =
          "%s %s is %s; use %s %s"
              .formatted(
                  version.text(),
                  type.kind(),
                  successor.fate(),
                  successor.version().text(),
                  type.kind());
      resources.add(type.in(version, warning));
    }
    List<ApiGroup> groups =
        before.groups().stream()
            .map(group -> group.name().equals(version.group()) ? with(group, version) : group)
            .toList();
    return new TypeSnapshot(before.version(), groups, resources, List.of());
  }

  private static ApiGroup with(ApiGroup group, GroupVersion version) {
    TreeSet<String> versions = new TreeSet<>(GroupOrder.BY_MATURITY);
    versions.addAll(group.versions());
    versions.add(version.version());
    return new ApiGroup(group.name(), List.copyOf(versions));
  }
}
