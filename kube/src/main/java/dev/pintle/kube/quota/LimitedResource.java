package dev.pintle.kube.quota;

import dev.pintle.kube.admission.AdmissionConfiguration;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A resource of which nothing may be used unless a quota says how much.
///
/// @param groupResource as in `deployments.apps`
/// @param parts of the names of what is not to be used without a quota
/// @param scopes in which none of it is to be used without a quota of that scope
public record LimitedResource(String groupResource, List<String> parts, List<QuotaScope> scopes) {
  private static final String KIND = "ResourceQuotaConfiguration";
  private static final String VERSION = "apiserver.config.k8s.io/v1";
  private static final String FORMER_KIND = "Configuration";
  private static final Set<String> FORMER_VERSIONS =
      Set.of("resourcequota.admission.k8s.io/v1beta1", "resourcequota.admission.k8s.io/v1alpha1");
  private static final Set<String> FIELDS = Set.of("apiVersion", "kind", "limitedResources");
  private static final Set<String> RESOURCE_FIELDS =
      Set.of("apiGroup", "resource", "matchContains", "matchScopes");
  private static final Set<String> SCOPE_FIELDS = Set.of("scopeName", "operator", "values");

  public LimitedResource {
    parts = List.copyOf(parts);
    scopes = List.copyOf(scopes);
  }

  /// Those of the plugin's configuration; none without one.
  ///
  /// @throws IllegalArgumentException that says what is wrong with it
  public static List<LimitedResource> read(Optional<JsonObject> configuration) {
    return configuration.map(LimitedResource::read).orElse(List.of());
  }

  /// As above.
  public static List<LimitedResource> read(JsonObject configuration) {
    String version = configuration.textOrEmpty("apiVersion");
    String kind = configuration.textOrEmpty("kind");
    boolean known =
        (version.equals(VERSION) && kind.equals(KIND))
            || (FORMER_VERSIONS.contains(version) && kind.equals(FORMER_KIND));
    if (!known) {
      throw new IllegalArgumentException(
          "no kind \"%s\" is registered for version \"%s\" (expected: %s of %s)"
              .formatted(kind, version, KIND, VERSION));
    }
    AdmissionConfiguration.requireKnown(configuration, FIELDS, "");
    List<LimitedResource> limited = new ArrayList<>();
    List<JsonObject> entries = objects(configuration, "limitedResources", "");
    for (int i = 0; i < entries.size(); i++) {
      limited.add(one(entries.get(i), "limitedResources[%d]".formatted(i)));
    }
    return limited;
  }

  private static LimitedResource one(JsonObject entry, String at) {
    AdmissionConfiguration.requireKnown(entry, RESOURCE_FIELDS, at + ".");
    String resource = entry.textOrEmpty("resource");
    if (resource.isEmpty()) {
      throw new IllegalArgumentException(at + ".resource: Required value");
    }
    String group = entry.textOrEmpty("apiGroup");
    List<QuotaScope> scopes = new ArrayList<>();
    for (JsonObject scope : objects(entry, "matchScopes", at + ".")) {
      AdmissionConfiguration.requireKnown(scope, SCOPE_FIELDS, at + ".matchScopes.");
      scopes.add(QuotaScope.read(scope));
    }
    return new LimitedResource(
        group.isEmpty() ? resource : resource + "." + group, entry.texts("matchContains"), scopes);
  }

  private static List<JsonObject> objects(JsonObject holder, String field, String at) {
    Json value = holder.get(field);
    if (value == null || Json.NULL.equals(value)) {
      return List.of();
    }
    if (value instanceof JsonArray array && array.objects().size() == array.size()) {
      return array.objects();
    }
    throw new IllegalArgumentException(at + field + ": no list of objects");
  }

  /// Whether something of this name is not to be used without a quota.
  boolean limits(String name) {
    return parts.stream().anyMatch(name::contains);
  }
}
