package dev.pintle.junit;

import dev.pintle.junit.AdminConnection.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// One run of applying manifests to a server.
final class ManifestRun {
  /// A definition is served within milliseconds; a machine may be busy.
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(30);

  private static final Duration ASKED_EVERY = Duration.ofMillis(2);
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String APPLIED = "?fieldManager=pintle-junit&force=true";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";

  private static final List<String> EARLY =
      List.of(
          "Namespace",
          "PriorityClass",
          "StorageClass",
          "ServiceAccount",
          "ClusterRole",
          "Role",
          "ClusterRoleBinding",
          "RoleBinding",
          "Secret",
          "ConfigMap");

  private static final List<String> LATE =
      List.of(
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "MutatingAdmissionPolicy",
          "MutatingAdmissionPolicyBinding",
          "ValidatingWebhookConfiguration",
          "MutatingWebhookConfiguration");

  private final AdminConnection connection;

  /// By version of a group, then by kind.
  private final Map<String, Map<String, Resource>> served = new HashMap<>();

  ManifestRun(AdminConnection connection) {
    this.connection = connection;
  }

  /// A type, as discovery tells of it.
  private record Resource(String plural, boolean isNamespaced) {}

  /// The reason why a document was not taken.
  private record Refused(ManifestDocument document, String reason) {}

  void apply(List<ManifestDocument> documents) {
    List<ManifestDocument> definitions =
        documents.stream().filter(ManifestDocument::isDefinition).toList();
    takeAll(definitions);
    definitions.forEach(this::awaitServed);
    takeAll(
        documents.stream()
            .filter(document -> !document.isDefinition())
            .sorted(Comparator.comparingInt(ManifestRun::rank))
            .toList());
  }

  private static int rank(ManifestDocument document) {
    int early = EARLY.indexOf(document.kind());
    int late = LATE.indexOf(document.kind());
    return early >= 0 ? early : EARLY.size() + 1 + late;
  }

  /// In rounds, as long as each takes some.
  private void takeAll(List<ManifestDocument> documents) {
    List<ManifestDocument> left = documents;
    while (!left.isEmpty()) {
      List<Refused> refused = new ArrayList<>();
      for (ManifestDocument document : left) {
        take(document).ifPresent(reason -> refused.add(new Refused(document, reason)));
      }
      if (refused.size() == left.size()) {
        throw new PintleTestException(
            "manifest not taken: %s: %s"
                .formatted(refused.getFirst().document(), refused.getFirst().reason()));
      }
      left = refused.stream().map(Refused::document).toList();
    }
  }

  /// @return why not
  private Optional<String> take(ManifestDocument document) {
    Resource type = find(document);
    if (type == null) {
      return Optional.of(
          "no kind %s in %s (expected: one that is served, or whose definition is loaded too)"
              .formatted(document.kind(), document.apiVersion()));
    }
    String path = collection(document, type);
    Reply reply =
        document.name().isEmpty()
            ? connection.send("POST", path, "application/yaml", document.text())
            : connection.send(
                "PATCH", path + '/' + encoded(document.name()) + APPLIED, APPLY, document.text());
    return reply.isSuccess() ? Optional.empty() : Optional.of(reason(reply));
  }

  private static String collection(ManifestDocument document, Resource type) {
    String start = (document.group().isEmpty() ? "/api/" : "/apis/") + document.apiVersion();
    String namespace = document.namespace().isEmpty() ? "default" : document.namespace();
    return type.isNamespaced()
        ? "%s/namespaces/%s/%s".formatted(start, encoded(namespace), type.plural())
        : start + '/' + type.plural();
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String reason(Reply reply) {
    Object message = parse(reply.body()).get("message");
    return "answered %d: %s".formatted(reply.status(), message == null ? reply.body() : message);
  }

  private @Nullable Resource find(ManifestDocument document) {
    Map<String, Resource> known = served.get(document.apiVersion());
    if (known == null || !known.containsKey(document.kind())) {
      known = discover(document);
      served.put(document.apiVersion(), known);
    }
    return known.get(document.kind());
  }

  private Map<String, Resource> discover(ManifestDocument document) {
    String path = (document.group().isEmpty() ? "/api/" : "/apis/") + document.apiVersion();
    Reply reply = connection.get(path);
    Map<String, Resource> found = new HashMap<>();
    if (reply.isSuccess() && parse(reply.body()).get("resources") instanceof List<?> resources) {
      for (Object each : resources) {
        Map<?, ?> resource = ManifestDocument.object(path, each);
        String plural = ManifestDocument.text(resource.get("name"));
        if (plural.indexOf('/') < 0) {
          found.put(
              ManifestDocument.text(resource.get("kind")),
              new Resource(plural, Boolean.TRUE.equals(resource.get("namespaced"))));
        }
      }
    }
    return found;
  }

  /// JSON is YAML.
  private static Map<?, ?> parse(String json) {
    Object content = new Load(LoadSettings.builder().build()).loadFromString(json);
    return content instanceof Map<?, ?> object ? object : Map.of();
  }

  private void awaitServed(ManifestDocument definition) {
    Map<?, ?>[] seen = {Map.of()};
    await(
        definition,
        () -> {
          seen[0] = parse(connection.get(DEFINITIONS + encoded(definition.name())).body());
          return isEstablished(seen[0]);
        },
        seen);
    for (String path : collections(seen[0])) {
      await(definition, () -> connection.get(path + "?limit=1").isSuccess(), seen);
    }
  }

  private static void await(
      ManifestDocument definition, BooleanSupplier isSo, Map<?, ?>[] lastSeen) {
    long end = System.nanoTime() + SERVED_WITHIN.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        throw new PintleTestException(
            "definition not served after %d s: %s: its status is %s"
                .formatted(
                    SERVED_WITHIN.toSeconds(), definition, JsonText.of(lastSeen[0].get("status"))));
      }
      LockSupport.parkNanos(ASKED_EVERY.toNanos());
    }
  }

  private static boolean isEstablished(Map<?, ?> definition) {
    return definition.get("status") instanceof Map<?, ?> status
        && status.get("conditions") instanceof List<?> conditions
        && conditions.stream()
            .anyMatch(each ->
                each instanceof Map<?, ?> condition
                    && "Established".equals(condition.get("type"))
                    && "True".equals(condition.get("status")));
  }

  /// The paths of a definition's versions that are served.
  private static List<String> collections(Map<?, ?> definition) {
    List<String> paths = new ArrayList<>();
    if (definition.get("spec") instanceof Map<?, ?> spec
        && spec.get("names") instanceof Map<?, ?> names
        && spec.get("versions") instanceof List<?> versions) {
      for (Object each : versions) {
        if (each instanceof Map<?, ?> version && Boolean.TRUE.equals(version.get("served"))) {
          paths.add(
              "/apis/%s/%s/%s"
                  .formatted(spec.get("group"), version.get("name"), names.get("plural")));
        }
      }
    }
    return paths;
  }
}
