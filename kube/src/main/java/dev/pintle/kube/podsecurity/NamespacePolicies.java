package dev.pintle.kube.podsecurity;

import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The policies of the namespaces in the store; the labels of each are read once a revision.
final class NamespacePolicies {
  /// Beyond them all are read anew.
  private static final int KNOWN_MAX = 10_000;

  private final Supplier<ResourceType> namespaces;
  private final NamespacePolicy defaults;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(long version, NamespacePolicy policy) {}

  NamespacePolicies(Supplier<ResourceType> namespaces, NamespacePolicy defaults) {
    this.namespaces = namespaces;
    this.defaults = defaults;
  }

  /// Null when there is no such namespace.
  @Nullable NamespacePolicy find(String name, ObjectView view) {
    StoredObject namespace = view.find(namespaces.get(), "", name);
    if (namespace == null) {
      return null;
    }
    Known found = known.get(name);
    if (found == null || found.version() != namespace.version()) {
      found = new Known(namespace.version(), NamespacePolicy.of(namespace.labels(), defaults));
      if (known.size() >= KNOWN_MAX) {
        known.clear();
      }
      known.put(name, found);
    }
    return found.policy();
  }
}
