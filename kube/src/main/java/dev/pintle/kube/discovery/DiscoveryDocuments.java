package dev.pintle.kube.discovery;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The documents of discovery, of what is served at the moment they are asked for. Thread-safe.
///
/// Legacy documents are given as trees, because they leave in whatever form the client prefers. The
/// aggregated ones are answered to those who ask with [#AGGREGATED] in the `Accept` header, with
/// `ETag`, `Vary: Accept` and `Cache-Control: public`.
public final class DiscoveryDocuments {
  /// The parameters of a media type that ask for the aggregated form, and that its answer carries.
  public static final String AGGREGATED = ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final TypeRegistry registry;
  private final Set<ResourceType> builtIn;
  private volatile @Nullable Aggregated cached;

  private record Aggregated(long version, Supplier<Document> core, Supplier<Document> groups) {}

  public DiscoveryDocuments(TypeRegistry registry) {
    this.registry = registry;
    this.builtIn = new HashSet<>(BuiltInTypes.load().snapshot().resources());
  }

  /// `/api`
  ///
  /// @param serverAddress where clients reach the server, `host:port`
  public JsonObject coreVersions(String serverAddress) {
    return LegacyDiscovery.coreVersions(serverAddress);
  }

  /// `/apis`
  public JsonObject groups() {
    return legacy().groups();
  }

  /// `/apis/GROUP`; empty when there is no such group.
  public Optional<JsonObject> group(String name) {
    return registry.current().groups().stream()
        .filter(group -> !name.isEmpty() && group.name().equals(name))
        .findFirst()
        .map(LegacyDiscovery::group);
  }

  /// `/api/v1` and `/apis/GROUP/VERSION`; empty when it is not served.
  public Optional<JsonObject> resources(GroupVersion groupVersion) {
    return registry.current().serves(groupVersion)
        ? Optional.of(legacy().resources(groupVersion))
        : Optional.empty();
  }

  /// Whether the group comes with the program.
  public boolean isBuiltIn(String group) {
    return builtIn.stream().anyMatch(type -> type.group().equals(group));
  }

  /// `/api`, aggregated.
  public Document aggregatedCore() {
    return aggregated().core().get();
  }

  /// `/apis`, aggregated.
  public Document aggregatedGroups() {
    return aggregated().groups().get();
  }

  private LegacyDiscovery legacy() {
    return new LegacyDiscovery(registry.current(), builtIn);
  }

  private Aggregated aggregated() {
    TypeSnapshot types = registry.current();
    Aggregated known = cached;
    if (known == null || known.version() != types.version()) {
      AggregatedDiscovery made = new AggregatedDiscovery(types, builtIn);
      known =
          new Aggregated(
              types.version(),
              new Memoized<>(() -> Document.of(made.core())),
              new Memoized<>(() -> Document.of(made.groups())));
      cached = known;
    }
    return known;
  }
}
