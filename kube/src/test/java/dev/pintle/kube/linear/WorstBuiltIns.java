package dev.pintle.kube.linear;

import static dev.pintle.kube.linear.WorstObjects.json;
import static dev.pintle.kube.linear.WorstObjects.keys;
import static dev.pintle.kube.linear.WorstObjects.repeated;
import static dev.pintle.kube.linear.WorstObjects.type;

import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.table.Tables;
import dev.pintle.kube.validation.ObjectValidation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// The worst objects of built-in kinds other than pods.
final class WorstBuiltIns {
  static final String META = "\"metadata\":{\"name\":\"a\",\"namespace\":\"b\",%s}";
  private static final ObjectValidation VALIDATION = ObjectValidation.builtIn(false);

  private final Map<String, IntFunction<Cost.Work>> cases = new LinkedHashMap<>();

  private WorstBuiltIns() {}

  static Map<String, IntFunction<Cost.Work>> all() {
    WorstBuiltIns worst = new WorstBuiltIns();
    worst.services();
    worst.networking();
    worst.jobs();
    worst.workloads();
    worst.quotasAndVolumes();
    worst.selectors();
    return worst.cases;
  }

  /// An object is checked when it is made and when it changes, and shown as a row.
  static IntFunction<Cost.Work> work(String kind, IntFunction<String> inside) {
    ResourceType type = type(kind);
    return bytes -> {
      JsonObject object =
          Canonicalizer.canonical(
              type.schema(),
              json(
                  "{\"kind\":\"%s\",\"apiVersion\":\"%s\",%s}"
                      .formatted(kind, type.groupVersion().text(), inside.apply(bytes))));
      JsonObject old = object.copy();
      old.objectAt("metadata").set("name", "other");
      Tables tables = new Tables();
      return () -> {
        VALIDATION.onCreate(type, object);
        VALIDATION.onUpdate(type, object, old, "");
        tables.row(type, object, Instant.EPOCH);
      };
    };
  }

  private void builtIn(String kind, String name, IntFunction<String> inside) {
    cases.put("%s %s".formatted(kind, name), WorstBuiltIns.work(kind, inside));
  }

  private void services() {
    builtIn(
        "Service",
        "ports",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"ports\":["
                + keys(n, "{\"name\":\"%s\",\"port\":1}")
                + "]}");
    builtIn(
        "Service",
        "addresses",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"externalIPs\":["
                + keys(n, "\"%s\"")
                + "],\"clusterIPs\":["
                + keys(n, "\"%s\"")
                + "]}");
    builtIn(
        "Endpoints",
        "subsets",
        n ->
            META.formatted("\"x\":1")
                + ",\"subsets\":[{\"addresses\":["
                + repeated("{\"ip\":\"1.2.3.4\"},", n)
                + "{}]}]");
  }

  private void networking() {
    builtIn(
        "EndpointSlice",
        "endpoints",
        n ->
            META.formatted("\"x\":1")
                + ",\"endpoints\":["
                + repeated("{\"addresses\":[\"1.2.3.4\"]},", n)
                + "{}]");
    builtIn(
        "Ingress",
        "rules",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"rules\":["
                + repeated("{\"host\":\"a\"},", n)
                + "{}]}");
    builtIn(
        "NetworkPolicy",
        "rules",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"podSelector\":{},\"ingress\":["
                + repeated("{\"from\":[{}]},", n)
                + "{}]}");
  }

  private void jobs() {
    builtIn(
        "CronJob",
        "schedule",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"schedule\":\""
                + repeated("1,", n)
                + " * * * *\",\"jobTemplate\":{}}");
    builtIn(
        "CronJob",
        "every",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"schedule\":\"@every "
                + repeated("1h", n)
                + "x\",\"jobTemplate\":{}}");
    builtIn(
        "CronJob",
        "zone",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"schedule\":\"* * * * *\",\"timeZone\":\""
                + repeated("a/", n)
                + "\",\"jobTemplate\":{}}");
    builtIn(
        "Job",
        "indexes",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"completionMode\":\"Indexed\",\"completions\":9,\"backoffLimitPerIndex\":1,\"successPolicy\":{\"rules\":[{\"succeededIndexes\":\""
                + repeated("1,", n)
                + "2\"}]}}");
    builtIn(
        "Job",
        "failure rules",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"podFailurePolicy\":{\"rules\":["
                + repeated("{\"action\":\"Ignore\"},", n)
                + "{}]}}");
  }

  private void workloads() {
    builtIn(
        "ClusterRole",
        "rules",
        n ->
            META.formatted("\"x\":1")
                + ",\"rules\":["
                + repeated("{\"verbs\":[\"get\"]},", n)
                + "{}]");
    builtIn(
        "PodDisruptionBudget",
        "percent",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"minAvailable\":\""
                + repeated("9", n)
                + "%\"}");
    builtIn(
        "Deployment",
        "selector",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"selector\":{\"matchLabels\":{"
                + keys(n, "\"%s\":\"1\"")
                + "}},\"template\":{\"metadata\":{\"labels\":{"
                + keys(n, "\"%s\":\"1\"")
                + "}}}}");
    builtIn(
        "Deployment",
        "expressions",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"selector\":{\"matchExpressions\":["
                + keys(n, "{\"key\":\"%s\",\"operator\":\"Exists\"}")
                + "]}}");
    builtIn(
        "Node",
        "taints",
        n ->
            "\"metadata\":{\"name\":\"a\"},\"spec\":{\"taints\":["
                + keys(n, "{\"key\":\"%s\",\"effect\":\"NoSchedule\"}")
                + "]}");
    builtIn(
        "Event",
        "message",
        n -> META.formatted("\"x\":1") + ",\"message\":\"" + repeated("a", n) + "\"");
    builtIn(
        "LimitRange",
        "limits",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"limits\":["
                + repeated("{\"type\":\"Pod\"},", n)
                + "{}]}");
    builtIn(
        "ResourceQuota",
        "hard",
        n -> META.formatted("\"x\":1") + ",\"spec\":{\"hard\":{" + keys(n, "\"%s\":\"1\"") + "}}");
  }

  /// Where a fault is found in the new object, it is looked for in the old one.
  private void selectors() {
    String selector =
        "{\"matchExpressions\":[{\"key\":\"%1$s\",\"operator\":\"In\",\"values\":[\"v-%1$s\"]}]}";
    builtIn(
        "PodTemplate",
        "spreading",
        n ->
            META.formatted("\"x\":1")
                + ",\"template\":{\"spec\":{\"topologySpreadConstraints\":["
                + keys(
                    n,
                    "{\"maxSkew\":1,\"topologyKey\":\"%1$s\",\"whenUnsatisfiable\":\"DoNotSchedule\",\"labelSelector\":"
                        + selector
                        + "}")
                + "]}}");
    builtIn(
        "PodTemplate",
        "short spreading",
        n ->
            META.formatted("\"x\":1")
                + ",\"template\":{\"spec\":{\"topologySpreadConstraints\":["
                + keys(
                    n,
                    "{\"maxSkew\":1,\"topologyKey\":\"%s\",\"whenUnsatisfiable\":\"DoNotSchedule\"}")
                + "]}}");
    builtIn(
        "PodTemplate",
        "keys to match",
        n ->
            META.formatted("\"x\":1")
                + ",\"template\":{\"spec\":{\"topologySpreadConstraints\":[{\"maxSkew\":1,\"topologyKey\":\"k\",\"whenUnsatisfiable\":\"DoNotSchedule\",\"matchLabelKeys\":["
                + keys(n / 2, "\"%s\"")
                + "],\"labelSelector\":{\"matchExpressions\":["
                + keys(n / 2, "{\"key\":\"x%s\",\"operator\":\"Exists\"}")
                + "]}}]}}");
    updated(
        "ClusterRole",
        n ->
            "\"metadata\":{\"name\":\"a\"},\"aggregationRule\":{\"clusterRoleSelectors\":["
                + keys(n, selector)
                + "]}",
        "\"v-",
        "\"!-");
  }

  /// @param before a part of the old object, which is `after` in the new one
  private void updated(String kind, IntFunction<String> inside, String before, String after) {
    ResourceType type = type(kind);
    cases.put(
        kind + " that becomes wrong",
        bytes -> {
          String text = "{" + inside.apply(bytes) + "}";
          JsonObject old = json(text);
          JsonObject next = json(text.replace(before, after));
          return () -> Cost.keep(VALIDATION.onUpdate(type, next, old, "").size());
        });
  }

  private void quotasAndVolumes() {
    builtIn(
        "ResourceQuota",
        "hard and scopes",
        n ->
            "\"metadata\":{\"name\":\"a\"},\"spec\":{\"hard\":{"
                + keys(n / 3, "\"requests.%s\":\"-1n\"")
                + "},\"scopes\":["
                + repeated("\"Terminating\",", n / 6)
                + keys(n / 6, "\"%s\"")
                + "],\"scopeSelector\":{\"matchExpressions\":["
                + keys(
                    n / 3, "{\"scopeName\":\"BestEffort\",\"operator\":\"%s\",\"values\":[\"v\"]}")
                + "]}}");
    builtIn(
        "ConfigMap",
        "a map that comes again",
        n ->
            "\"metadata\":{\"name\":\"a\"},\"data\":{"
                + keys(n / 2, "\"%s\":\"v\"")
                + "}"
                + repeated(",\"data\":{\"a\":\"b\"}", n / 2));
    builtIn(
        "LimitRange",
        "amounts of a type",
        n ->
            "\"metadata\":{\"name\":\"a\"},\"spec\":{\"limits\":[{\"type\":\"Container\",\"max\":{"
                + keys(n / 3, "\"%s\":\"1n\"")
                + "},\"min\":{"
                + keys(n / 3, "\"%s\":\"2\"")
                + "},\"default\":{"
                + keys(n / 3, "\"%s\":\"3\"")
                + "}}]}");
    builtIn(
        "PersistentVolume",
        "volume",
        n ->
            "\"metadata\":{\"name\":\"a\"},\"spec\":{\"capacity\":{"
                + keys(n, "\"%s\":\"1\"")
                + "}}");
    builtIn(
        "StorageClass",
        "parameters",
        n -> "\"metadata\":{\"name\":\"a\"},\"parameters\":{" + keys(n, "\"%s\":\"1\"") + "}");
  }
}
