package dev.pintle.kube.enforcement;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The features of the API server that objects ask for and that have no effect here, because nothing serves them. What other components
/// of a cluster do, such as enforcing network policies, is none of these.
public final class UnservedFeatures {
  private static final List<Feature> ALL =
      List.of(
          new Feature(
              "APIService aggregation",
              "apiservices.apiregistration.k8s.io",
              "spec.service has no effect: this server hands no requests on to other API servers and answers 503 for this version",
              UnservedFeatures::namesService));

  private static final Map<String, List<Feature>> BY_RESOURCE =
      ALL.stream().collect(Collectors.groupingBy(Feature::groupResource));

  private UnservedFeatures() {}

  /// A kind that asks for a feature.
  ///
  /// @param title as people know it; what belongs together has one
  /// @param warning what whoever writes such an object should know
  /// @param asks whether an object of the resource asks for it
  private record Feature(
      String title, String groupResource, String warning, Predicate<JsonObject> asks) {}

  /// What whoever writes the object should know.
  ///
  /// @param object as it is stored
  public static Stream<String> warnings(ResourceType type, JsonObject object) {
    List<Feature> asked = BY_RESOURCE.get(type.groupResource());
    return asked == null
        ? Stream.empty()
        : asked.stream().filter(feature -> feature.asks().test(object)).map(Feature::warning);
  }

  /// All of them, as people know them.
  public static List<String> titles() {
    return ALL.stream().map(Feature::title).distinct().toList();
  }

  private static boolean namesService(JsonObject apiService) {
    return apiService.objectAt("spec").object("service") != null;
  }
}
