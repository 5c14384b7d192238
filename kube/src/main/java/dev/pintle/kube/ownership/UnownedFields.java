package dev.pintle.kube.ownership;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The fields that nobody owns: what an object is called and what the server itself keeps of it.
final class UnownedFields {
  private static final Set<String> ROOT = Set.of("apiVersion", "kind", "metadata");
  private static final Set<String> METADATA =
      Set.of(
          "name",
          "namespace",
          "creationTimestamp",
          "selfLink",
          "uid",
          "clusterName",
          "generation",
          "managedFields",
          "resourceVersion");

  static final FieldSet PATHS = FieldSet.of(paths());

  private UnownedFields() {}

  private static List<List<PathElement>> paths() {
    return Stream.concat(
            ROOT.stream().map(PathElement::names),
            METADATA.stream().map(name -> PathElement.names("metadata", name)))
        .toList();
  }

  static boolean isRoot(String name) {
    return ROOT.contains(name);
  }

  static boolean isMetadata(String name) {
    return METADATA.contains(name);
  }

  static FieldSet from(FieldSet set) {
    return set.difference(PATHS);
  }
}
