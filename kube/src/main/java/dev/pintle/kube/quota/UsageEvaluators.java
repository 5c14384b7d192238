package dev.pintle.kube.quota;

import dev.pintle.kube.schema.ResourceType;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The measures of all resources. Thread-safe.
public final class UsageEvaluators {
  /// What is not stored, and what was never counted.
  private static final Set<String> IGNORED =
      Set.of(
          "bindings",
          "componentstatuses",
          "tokenreviews.authentication.k8s.io",
          "selfsubjectreviews.authentication.k8s.io",
          "subjectaccessreviews.authorization.k8s.io",
          "selfsubjectaccessreviews.authorization.k8s.io",
          "localsubjectaccessreviews.authorization.k8s.io",
          "selfsubjectrulesreviews.authorization.k8s.io",
          "events",
          "events.events.k8s.io");

  private final Map<String, UsageEvaluator> special;

  /// As many as there are definitions.
  private final Map<String, UsageEvaluator> counts = new ConcurrentHashMap<>();

  /// @param types of `pods`, `deviceclasses` and `resourceclaims`
  public UsageEvaluators(Function<String, ResourceType> types, Clock clock) {
    PodUsage pods = new PodUsage(clock);
    this.special =
        Map.of(
            "pods",
            pods,
            "services",
            new ServiceUsage(),
            "persistentvolumeclaims",
            new PersistentVolumeClaimUsage(),
            "resourceclaims.resource.k8s.io",
            new ResourceClaimUsage(types, new PodsOfClaims(types, pods)));
  }

  /// That of a resource; null when no quota counts it.
  @Nullable UsageEvaluator of(ResourceType type) {
    String groupResource = type.groupResource();
    if (!type.namespaced() || IGNORED.contains(groupResource)) {
      return null;
    }
    UsageEvaluator found = special.get(groupResource);
    return found != null ? found : counts.computeIfAbsent(groupResource, ObjectCount::of);
  }
}
