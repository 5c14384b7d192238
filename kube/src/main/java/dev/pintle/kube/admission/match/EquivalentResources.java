package dev.pintle.kube.admission.match;

import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The resources that are stored as one: the versions of a resource, and the events of both groups.
public final class EquivalentResources {
  private final TypeRegistry types;
  private volatile @Nullable Known known;

  /// The findings in one state of the types.
  private record Known(TypeSnapshot types, Map<ResourceType, List<ResourceType>> others) {}

  public EquivalentResources(TypeRegistry types) {
    this.types = types;
  }

  /// All others that are stored as `type` is, in the order in which they are served.
  public List<ResourceType> others(ResourceType type) {
    TypeSnapshot now = types.current();
    Known last = known;
    if (last == null || last.types() != now) {
      last = new Known(now, new ConcurrentHashMap<>());
      known = last;
    }
    return last.others().computeIfAbsent(type, _ -> find(now, type));
  }

  private static List<ResourceType> find(TypeSnapshot now, ResourceType type) {
    return now.resources().stream()
        .filter(other -> isSame(other, type) && !isItself(other, type))
        .toList();
  }

  private static boolean isSame(ResourceType other, ResourceType type) {
    return other.plural().equals(type.plural())
        && Objects.equals(storedGroup(other), storedGroup(type));
  }

  private static String storedGroup(ResourceType type) {
    return type.groupResource().equals("events.events.k8s.io") ? "" : type.group();
  }

  private static boolean isItself(ResourceType other, ResourceType type) {
    return other.groupVersion().equals(type.groupVersion());
  }
}
