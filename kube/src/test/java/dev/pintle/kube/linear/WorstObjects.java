package dev.pintle.kube.linear;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.definition.DefinitionCheck;
import dev.pintle.kube.instance.CustomResourceCheck;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.ownership.VersionedSchemas;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.protobuf.ProtobufCodec;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.table.Tables;
import dev.pintle.kube.validation.FieldPath;
import dev.pintle.kube.validation.ObjectValidation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Objects that were read: checked against rules and schemas, owned, shown as rows.
final class WorstObjects {
  private static final String META = "\"metadata\":{\"name\":\"a\",\"namespace\":\"b\",%s}";
  private static final BuiltInTypes TYPES = BuiltInTypes.load();
  private static final ObjectValidation VALIDATION = ObjectValidation.builtIn();
  private static final TypeRegistry REGISTRY = TypeRegistry.ofBuiltIns();
  private static final FieldOwnership OWNERSHIP =
      new FieldOwnership(
          new VersionedSchemas(REGISTRY::current, (object, _) -> object),
          schema -> Canonicalizer.canonical(schema, new JsonObject()),
          Clock.systemUTC());

  private final Map<String, IntFunction<Cost.Work>> cases = new LinkedHashMap<>();

  private WorstObjects() {}

  static Map<String, IntFunction<Cost.Work>> all() {
    WorstObjects objects = new WorstObjects();
    objects.builtIn();
    objects.custom();
    objects.shaping();
    objects.definitions();
    objects.owned();
    return objects.cases;
  }

  private static JsonObject json(String text) {
    return (JsonObject) JsonReader.read(text);
  }

  private static String repeated(String part, int bytes) {
    return WorstTexts.repeated(part, bytes);
  }

  private static String keys(int bytes, String form) {
    return Collisions.filling(bytes, form.length()).stream()
        .map(form::formatted)
        .collect(Collectors.joining(","));
  }

  private static ResourceType type(String kind) {
    return TYPES.snapshot().resources().stream()
        .filter(type -> type.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private void builtIn(String kind, String name, IntFunction<String> inside) {
    ResourceType type = type(kind);
    cases.put(
        "%s %s".formatted(kind, name),
        bytes -> {
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
        });
  }

  private void builtIn() {
    metadataAndPods();
    podsAndServices();
    moreServices();
    servicesAndWorkloads();
    workloadsAndNodes();
    quotasAndVolumes();
  }

  private void metadataAndPods() {
    builtIn(
        "ConfigMap",
        "wrong keys",
        n -> META.formatted("\"x\":1") + ",\"data\":{" + keys(n, "\"%s!\":\"\"") + "}");
    builtIn(
        "ConfigMap", "labels", n -> META.formatted("\"labels\":{" + keys(n, "\"%s!\":\"\"") + "}"));
    builtIn(
        "ConfigMap",
        "annotations",
        n -> META.formatted("\"annotations\":{" + keys(n, "\"%s!\":\"\"") + "}"));
    builtIn(
        "ConfigMap",
        "finalizers",
        n -> META.formatted("\"finalizers\":[" + keys(n, "\"%s\"") + "]"));
    builtIn(
        "ConfigMap",
        "owners",
        n -> META.formatted("\"ownerReferences\":[" + repeated("{\"uid\":\"a\"},", n) + "{}]"));
    builtIn(
        "ConfigMap",
        "long name",
        n -> "\"metadata\":{\"name\":\"" + repeated("a.", n) + "\",\"namespace\":\"b\"}");
    builtIn(
        "Secret",
        "data",
        n -> META.formatted("\"x\":1") + ",\"data\":{" + keys(n, "\"%s\":\"QQ==\"") + "}");
    for (String list :
        List.of(
            "containers",
            "initContainers",
            "volumes",
            "tolerations",
            "hostAliases",
            "imagePullSecrets",
            "readinessGates",
            "topologySpreadConstraints",
            "ephemeralContainers",
            "schedulingGates",
            "resourceClaims")) {
      builtIn(
          "Pod",
          "empty " + list,
          n ->
              META.formatted("\"x\":1")
                  + ",\"spec\":{\""
                  + list
                  + "\":["
                  + repeated("{},", n)
                  + "{}]}");
      builtIn(
          "Pod",
          "named " + list,
          n ->
              META.formatted("\"x\":1")
                  + ",\"spec\":{\""
                  + list
                  + "\":["
                  + keys(n, "{\"name\":\"%s\"}")
                  + "]}");
    }
  }

  private void podsAndServices() {
    for (String list :
        List.of(
            "ports", "env", "volumeMounts", "envFrom", "volumeDevices", "args", "resizePolicy")) {
      String item =
          list.equals("args")
              ? "\"%s\""
              : "{\"name\":\"%s\",\"mountPath\":\"%<s\",\"containerPort\":1}";
      builtIn(
          "Pod",
          "container " + list,
          n ->
              META.formatted("\"x\":1")
                  + ",\"spec\":{\"containers\":[{\"name\":\"a\",\""
                  + list
                  + "\":["
                  + keys(n, item)
                  + "]}]}");
    }
    builtIn(
        "Pod",
        "limits",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"containers\":[{\"name\":\"a\",\"resources\":{\"limits\":{"
                + keys(n, "\"%s\":\"1\"")
                + "}}}]}");
    builtIn(
        "Pod",
        "node selector",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"nodeSelector\":{"
                + keys(n, "\"%s\":\"1\"")
                + "}}");
    builtIn(
        "Pod",
        "sysctls",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"securityContext\":{\"sysctls\":["
                + keys(n, "{\"name\":\"%s\"}")
                + "]}}");
  }

  private void moreServices() {
    builtIn(
        "Pod",
        "a changed command",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"containers\":[{\"name\":\"a\",\"args\":["
                + repeated("\"a\",", n)
                + "\"b\"]}]}");
    services();
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

  private void servicesAndWorkloads() {
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
    builtIn(
        "ClusterRole",
        "rules",
        n ->
            META.formatted("\"x\":1")
                + ",\"rules\":["
                + repeated("{\"verbs\":[\"get\"]},", n)
                + "{}]");
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
  }

  private void workloadsAndNodes() {
    builtIn(
        "Job",
        "failure rules",
        n ->
            META.formatted("\"x\":1")
                + ",\"spec\":{\"podFailurePolicy\":{\"rules\":["
                + repeated("{\"action\":\"Ignore\"},", n)
                + "{}]}}");
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

  private void custom(String name, String schema, IntFunction<String> value) {
    SchemaNode node = SchemaReader.read(json(schema));
    cases.put(
        "custom " + name,
        bytes -> {
          Json read = JsonReader.read(value.apply(bytes));
          return () -> CustomResourceCheck.ofValue(node, read, FieldPath.ROOT);
        });
  }

  private void custom() {
    String list = "{\"type\":\"array\",\"items\":%s}";
    custom(
        "wrong items",
        list.formatted("{\"type\":\"string\"}"),
        n -> "[" + repeated("1,", n) + "1]");
    custom(
        "wrong items below a long name",
        "{\"type\":\"object\",\"additionalProperties\":"
            + list.formatted("{\"type\":\"string\"}")
            + "}",
        n -> "{\"" + repeated("x", n / 2) + "\":[" + repeated("1,", n / 2) + "1]}");
    custom(
        "enumerated",
        list.formatted("{\"type\":\"string\",\"enum\":[" + keys(40_000, "\"%s\"") + "]}"),
        n -> "[" + keys(n, "\"%s\"") + "]");
    custom(
        "patterns",
        list.formatted("{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}"),
        n -> "[" + keys(n, "\"%s\"") + "]");
    custom(
        "alternatives",
        list.formatted(
            "{\"oneOf\":[{\"type\":\"string\"},{\"required\":[\"a\"]},{\"minimum\":1}]}"),
        n -> "[" + repeated("{\"b\":1},", n) + "1]");
    custom(
        "needed fields",
        "{\"type\":\"object\",\"required\":[" + keys(20_000, "\"%s\"") + "]}",
        n -> "{" + keys(n, "\"x%s\":1") + "}");
  }

  /// A schema with what every object has.
  private static SchemaNode root(JsonObject schema) {
    JsonObject text = json("{\"type\":\"string\"}");
    JsonObject named =
        json("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}");
    schema.objectAt("properties").set("kind", text).set("apiVersion", text).set("metadata", named);
    return SchemaReader.read(schema);
  }

  private void shaping() {
    SchemaNode kept =
        root(json("{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}"));
    SchemaNode pruned =
        root(json("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"object\"}}}"));
    for (FieldValidation validation : FieldValidation.values()) {
      shaped(
          "kept below a long name " + validation,
          kept,
          validation,
          n -> "\"" + repeated("x", n / 2) + "\":[" + repeated("1,", n / 2) + "1]");
      shaped("pruned " + validation, pruned, validation, n -> keys(n, "\"%s\":1"));
      shaped(
          "pruned nulls " + validation,
          pruned,
          validation,
          n -> "\"a\":{" + keys(n, "\"%s\":null") + "}");
    }
    sets(
        "set",
        "{\"type\":\"array\",\"x-kubernetes-list-type\":\"set\",\"items\":{\"type\":\"string\"}}",
        "\"%s\"");
    sets(
        "map",
        "{\"type\":\"array\",\"x-kubernetes-list-type\":\"map\",\"x-kubernetes-list-map-keys\":[\"k\"],\"items\":{\"type\":\"object\",\"properties\":{\"k\":{\"type\":\"string\"}}}}",
        "{\"k\":\"%s\"}");
  }

  private void shaped(
      String name, SchemaNode node, FieldValidation validation, IntFunction<String> inside) {
    GroupVersionKind kind = GroupVersionKind.of("x.example/v1", "Thing");
    ProtobufCodec codec = new ProtobufCodec(TYPES);
    BodyReader reader =
        new BodyReader(
            new Protobuf() {
              @Override
              public JsonObject read(byte[] envelope, GroupVersionKind expected) {
                return codec.read(envelope, expected);
              }

              @Override
              public byte[] write(JsonObject object) {
                return codec.write(object);
              }
            },
            _ -> null);
    cases.put(
        "custom " + name,
        bytes -> {
          byte[] body =
              ("{\"kind\":\"Thing\",\"apiVersion\":\"x.example/v1\"," + inside.apply(bytes) + "}")
                  .getBytes(StandardCharsets.UTF_8);
          return () -> {
            try {
              reader.read(
                  MediaType.JSON, body, new BodyReader.Expected(kind, node, validation), _ -> {});
            } catch (StatusError _) {
              // Refusing is one way to be quick.
            }
          };
        });
  }

  private void sets(String name, String schema, String form) {
    SchemaNode node = root(json("{\"type\":\"object\",\"properties\":{\"l\":" + schema + "}}"));
    cases.put(
        "custom list of type " + name,
        bytes -> {
          JsonObject object =
              json(
                  "{\"kind\":\"Thing\",\"apiVersion\":\"x.example/v1\",\"metadata\":{\"name\":\"a\"},\"l\":["
                      + keys(bytes, form)
                      + "]}");
          JsonObject old = object.copy();
          return () -> {
            CustomResourceCheck.ofValue(node, object, FieldPath.ROOT);
            Write write =
                new Write(GroupVersionKind.of("x.example/v1", "Thing"), node, false, "", "me");
            JsonArray owned = OWNERSHIP.updated(write, new JsonObject(), object);
            JsonObject live = old.copy();
            if (owned != null) {
              live.objectAt("metadata").set("managedFields", owned);
            }
            try {
              OWNERSHIP.apply(applying(write), live, object, false);
            } catch (StatusError _) {
              // A conflict is as good.
            }
          };
        });
  }

  private static Write applying(Write write) {
    return new Write(write.kind(), write.schema(), write.hasStatus(), "", "you");
  }

  private void definition(String name, IntFunction<String> schema) {
    cases.put(
        "definition " + name,
        bytes -> {
          JsonObject definition =
              json(
                  """
                  {"metadata":{"name":"as.x.example"},"spec":{"group":"x.example","scope":"Cluster","names":{"plural":"as",
                  "singular":"a","kind":"A","listKind":"AList"},"versions":[{"name":"v1","served":true,"storage":true,
                  "schema":{"openAPIV3Schema":%s}}]},"status":{"storedVersions":["v1"]}}\
                  """
                      .formatted(schema.apply(bytes)));
          return () -> DefinitionCheck.onCreate(definition, _ -> {});
        });
  }

  private void definitions() {
    definition(
        "fields",
        n ->
            "{\"type\":\"object\",\"properties\":{"
                + keys(n, "\"%s\":{\"type\":\"string\"}")
                + "}}");
    definition(
        "wrong fields",
        n -> "{\"type\":\"object\",\"properties\":{" + keys(n, "\"%s\":{\"type\":\"x\"}") + "}}");
    definition("required", n -> "{\"type\":\"object\",\"required\":[" + keys(n, "\"%s\"") + "]}");
    definition(
        "alternatives",
        n -> "{\"type\":\"object\",\"anyOf\":[" + repeated("{\"required\":[\"a\"]},", n) + "{}]}");
    definition(
        "enumeration",
        n ->
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"enum\":["
                + keys(n, "\"%s\"")
                + "]}}}");
    definition(
        "pattern",
        n ->
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"pattern\":\""
                + repeated("a?", n)
                + "\"}}}");
    definition(
        "list keys",
        n ->
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"x-kubernetes-list-type\":\"map\",\"x-kubernetes-list-map-keys\":["
                + keys(n, "\"%s\"")
                + "],\"items\":{\"type\":\"object\"}}}}");
    definition(
        "default",
        n ->
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"object\",\"default\":{"
                + keys(n, "\"%s\":1")
                + "}}}}");
  }

  private void owned() {
    ResourceType type = type("ConfigMap");
    Write write = new Write(type.groupVersionKind(), type.schema(), false, "", "me");
    cases.put(
        "ownership of data",
        bytes -> {
          JsonObject old =
              json(
                  "{\"metadata\":{\"name\":\"a\"},\"data\":{" + keys(bytes, "\"%s\":\"1\"") + "}}");
          JsonObject next =
              json(
                  "{\"metadata\":{\"name\":\"a\"},\"data\":{" + keys(bytes, "\"%s\":\"2\"") + "}}");
          return () -> {
            OWNERSHIP.created(write, next);
            OWNERSHIP.updated(write, old, next);
          };
        });
    cases.put(
        "conflicts",
        bytes -> {
          JsonObject live =
              json(
                  "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{"
                      + keys(bytes, "\"%s\":\"1\"")
                      + "}}");
          JsonArray owned = OWNERSHIP.updated(write, new JsonObject(), live);
          live.objectAt("metadata").set("managedFields", owned == null ? new JsonArray() : owned);
          JsonObject config =
              json(
                  "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{"
                      + keys(bytes, "\"%s\":\"2\"")
                      + "}}");
          return () -> {
            try {
              OWNERSHIP.apply(applying(write), live, config, false);
            } catch (StatusError _) {
              // That is the answer.
            }
          };
        });
    cases.put(
        "managed fields as sent",
        bytes -> {
          JsonObject live =
              json("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}");
          JsonObject next =
              json(
                  "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"managedFields\":[{\"manager\":\"x\",\"operation\":\"Update\",\"apiVersion\":\"v1\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{\"f:data\":{"
                      + keys(bytes, "\"f:%s\":{}")
                      + "}}}]}}");
          return () -> OWNERSHIP.updated(write, live, next);
        });
    cases.put(
        "managed fields of many managers",
        bytes -> {
          JsonObject live =
              json("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}");
          JsonObject next =
              json(
                  "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"managedFields\":["
                      + managers(bytes / 2)
                      + "]},\"data\":{"
                      + keys(bytes / 2, "\"%s\":\"1\"")
                      + "}}");
          return () -> OWNERSHIP.updated(write, live, next);
        });
  }

  private static String managers(int bytes) {
    String form =
        "{\"manager\":\"%1$s\",\"operation\":\"Update\",\"apiVersion\":\"v1\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{\"f:data\":{\"f:%1$s\":{}}}}";
    return Collisions.filling(bytes, form.length()).stream()
        .map(form::formatted)
        .collect(Collectors.joining(","));
  }
}
