package dev.pintle.kube.store;

import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types of stored objects, found by their keys: each in one version of those that are served. Thread-safe.
public final class StoredTypes {
  private static final char SEPARATOR = '/';

  private final TypeRegistry types;
  private volatile Prefixes known = new Prefixes(-1, Map.of());

  /// The types by what the keys of their objects start with, as of a version of all types.
  private record Prefixes(long version, Map<String, ResourceType> types) {
    static Prefixes of(TypeSnapshot snapshot) {
      Map<String, ResourceType> byPrefix = new HashMap<>();
      for (ResourceType type : snapshot.resources()) {
        String prefix = type.storing().prefix();
        if (!prefix.isEmpty()) {
          byPrefix.merge(prefix, type, Prefixes::better);
        }
      }
      return new Prefixes(snapshot.version(), byPrefix);
    }

    /// The one in which objects are stored: nothing has to be converted for it.
    private static ResourceType better(ResourceType known, ResourceType other) {
      return known.storing().other() != null && other.storing().other() == null ? other : known;
    }
  }

  public StoredTypes(TypeRegistry types) {
    this.types = types;
  }

  /// One version of each kind of object that is stored.
  public Collection<ResourceType> all() {
    return prefixes().types().values();
  }

  /// The type of the object at a key; null where no object can lie.
  public @Nullable ResourceType of(String key) {
    int name = key.lastIndexOf(SEPARATOR);
    int namespace = name <= 0 ? -1 : key.lastIndexOf(SEPARATOR, name - 1);
    if (namespace <= 0) {
      return null;
    }
    Map<String, ResourceType> byPrefix = prefixes().types();
    ResourceType inNamespace = byPrefix.get(key.substring(0, namespace));
    if (inNamespace != null && inNamespace.namespaced()) {
      return inNamespace;
    }
    ResourceType inCluster = byPrefix.get(key.substring(0, name));
    return inCluster != null && !inCluster.namespaced() ? inCluster : null;
  }

  /// The type as which an object can be changed and deleted with as little conversion as possible: that in whose version it is stored,
  /// where that is served.
  ///
  /// @param stored by its metadata
  public ResourceType asStored(ResourceType type, StoredObject stored) {
    if (type.storing().webhook() == null || stored.kind().equals(type.groupVersionKind())) {
      return type;
    }
    ResourceType served = types.current().kind(stored.kind());
    return served == null ? type : served;
  }

  private Prefixes prefixes() {
    TypeSnapshot snapshot = types.current();
    Prefixes now = known;
    if (now.version() != snapshot.version()) {
      now = Prefixes.of(snapshot);
      known = now;
    }
    return now;
  }
}
