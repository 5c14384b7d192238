package dev.pintle.kube.admission.match;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.expression.ReviewedRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A rule of a webhook or a policy: which operations on which resources it is about.
///
/// @param resources what stands in each before and after its slash
/// @param names of objects, none for all
record MatchRule(
    Set<String> operations,
    Set<String> groups,
    Set<String> versions,
    List<Part> resources,
    Scope scope,
    Set<String> names) {
  private static final String ANY = "*";

  private enum Scope {
    ALL,
    CLUSTER,
    NAMESPACED
  }

  /// A resource, or a part of one; each may be any.
  private record Part(String plural, String subresource) {
    static Part of(String written) {
      int slash = written.indexOf('/');
      return slash < 0
          ? new Part(written, "")
          : new Part(written.substring(0, slash), written.substring(slash + 1));
    }

    boolean matches(String otherPlural, String otherSubresource) {
      return (plural.equals(ANY) || plural.equals(otherPlural))
          && (subresource.equals(ANY) || subresource.equals(otherSubresource));
    }
  }

  static MatchRule of(JsonObject written) {
    List<Part> resources = new ArrayList<>();
    written.texts("resources").forEach(each -> resources.add(Part.of(each)));
    Scope scope =
        switch (written.textOrEmpty("scope")) {
          case "Cluster" -> Scope.CLUSTER;
          case "Namespaced" -> Scope.NAMESPACED;
          default -> Scope.ALL;
        };
    return new MatchRule(
        Set.copyOf(written.texts("operations")),
        Set.copyOf(written.texts("apiGroups")),
        Set.copyOf(written.texts("apiVersions")),
        List.copyOf(resources),
        scope,
        Set.copyOf(written.texts("resourceNames")));
  }

  static List<MatchRule> all(List<JsonObject> written) {
    return written.stream().map(MatchRule::of).toList();
  }

  /// @param as the resource as which the request is looked at
  boolean matches(AdmissionRequest request, ResourceType as) {
    return has(operations, request.action().name())
        && has(groups, as.group())
        && has(versions, as.version())
        && isInScope(request, as)
        && isAbout(as.plural(), request.subresource())
        && (names.isEmpty() || names.contains(ReviewedRequest.name(request)));
  }

  private boolean isAbout(String plural, String subresource) {
    for (Part part : resources) {
      if (part.matches(plural, subresource)) {
        return true;
      }
    }
    return false;
  }

  /// A namespace is an object of the cluster, although it is taken to lie in itself.
  private boolean isInScope(AdmissionRequest request, ResourceType as) {
    boolean ofCluster = isNamespace(as) || ReviewedRequest.namespace(request).isEmpty();
    return switch (scope) {
      case ALL -> true;
      case CLUSTER -> ofCluster;
      case NAMESPACED -> !ofCluster;
    };
  }

  private static boolean isNamespace(ResourceType type) {
    return type.group().isEmpty()
        && type.version().equals("v1")
        && type.plural().equals("namespaces");
  }

  private static boolean has(Set<String> words, String word) {
    return words.contains(ANY) || words.contains(word);
  }
}
