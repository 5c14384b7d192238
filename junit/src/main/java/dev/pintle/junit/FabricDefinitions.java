package dev.pintle.junit;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The definitions of custom resources that classes of fabric8's client stand for. Nobody but [DefinitionSource] may touch it: the library may be
/// absent.
final class FabricDefinitions {
  private static final String GENERATOR = "io.fabric8.crdv2.generator.CRDGenerator";

  private FabricDefinitions() {}

  /// @param kinds the versions of any number of resources
  static Manifests of(List<Class<?>> kinds) throws IOException {
    Map<String, List<Class<? extends HasMetadata>>> byName = new LinkedHashMap<>();
    for (Class<?> kind : kinds) {
      Class<? extends HasMetadata> resource = resource(kind);
      byName.computeIfAbsent(name(resource), _ -> new ArrayList<>()).add(resource);
    }
    Manifests all = Manifests.none();
    for (var each : byName.entrySet()) {
      all = all.and(definition(each.getKey(), each.getValue()));
    }
    return all;
  }

  private static Class<? extends HasMetadata> resource(Class<?> kind) {
    if (!HasMetadata.class.isAssignableFrom(kind)) {
      throw new PintleTestException(
          "@WithDefinition: %s (expected: a class that implements %s)"
              .formatted(kind.getName(), HasMetadata.class.getName()));
    }
    return kind.asSubclass(HasMetadata.class);
  }

  private static String name(Class<? extends HasMetadata> kind) {
    if (HasMetadata.getGroup(kind) == null || HasMetadata.getVersion(kind) == null) {
      throw new PintleTestException(
          "@WithDefinition: %s has no @Group or no @Version (expected: both, of io.fabric8.kubernetes.model.annotation)"
              .formatted(kind.getName()));
    }
    return HasMetadata.getFullResourceName(kind);
  }

  private static Manifests definition(String name, List<Class<? extends HasMetadata>> versions)
      throws IOException {
    Optional<Manifests> left = leftByTheBuild(name, versions.getFirst());
    if (left.isPresent()) {
      return left.get();
    }
    if (MissingLibrary.isThere(GENERATOR)) {
      return Manifests.ofText(GeneratedDefinitions.of(versions));
    }
    return open(name, versions);
  }

  private static Optional<Manifests> leftByTheBuild(String name, Class<?> kind) throws IOException {
    ClassLoader loader = kind.getClassLoader();
    try (InputStream file = loader.getResourceAsStream("META-INF/fabric8/" + name + "-v1.yml")) {
      return file == null
          ? Optional.empty()
          : Optional.of(Manifests.ofText(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
    }
  }

  /// One with a schema that allows everything.
  static Manifests open(String name, List<Class<? extends HasMetadata>> versions) {
    Class<? extends HasMetadata> first = versions.getFirst();
    Map<String, Object> names = new LinkedHashMap<>();
    names.put("kind", HasMetadata.getKind(first));
    names.put("plural", HasMetadata.getPlural(first));
    names.put("singular", HasMetadata.getSingular(first));
    names.put("shortNames", List.of(CustomResource.getShortNames(first)));
    Map<String, Object> definition =
        Map.of(
            "apiVersion",
            "apiextensions.k8s.io/v1",
            "kind",
            "CustomResourceDefinition",
            "metadata",
            Map.of("name", name),
            "spec",
            Map.of(
                "group",
                HasMetadata.getGroup(first),
                "names",
                names,
                "scope",
                Namespaced.class.isAssignableFrom(first) ? "Namespaced" : "Cluster",
                "versions",
                versions.stream().map(FabricDefinitions::version).toList()));
    return Manifests.ofText(JsonText.of(definition));
  }

  private static Map<String, Object> version(Class<? extends HasMetadata> kind) {
    return Map.of(
        "name", HasMetadata.getVersion(kind),
        "served", CustomResource.getServed(kind),
        "storage", CustomResource.getStorage(kind),
        "schema",
            Map.of(
                "openAPIV3Schema",
                Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true)),
        "subresources", Map.of("status", Map.of()));
  }
}
