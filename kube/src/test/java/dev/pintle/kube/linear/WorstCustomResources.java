package dev.pintle.kube.linear;

import static dev.pintle.kube.linear.WorstObjects.OWNERSHIP;
import static dev.pintle.kube.linear.WorstObjects.TYPES;
import static dev.pintle.kube.linear.WorstObjects.applying;
import static dev.pintle.kube.linear.WorstObjects.json;
import static dev.pintle.kube.linear.WorstObjects.keys;
import static dev.pintle.kube.linear.WorstObjects.repeated;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.instance.CustomResourceCheck;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.protobuf.ProtobufCodec;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.validation.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// The worst custom resources, for the schemas that make them dear.
final class WorstCustomResources {
  private final Map<String, IntFunction<Cost.Work>> cases = new LinkedHashMap<>();

  private WorstCustomResources() {}

  static Map<String, IntFunction<Cost.Work>> all() {
    WorstCustomResources worst = new WorstCustomResources();
    worst.custom();
    worst.shaping();
    return worst.cases;
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
    IntFunction<JsonObject> objects =
        bytes ->
            json(
                "{\"kind\":\"Thing\",\"apiVersion\":\"x.example/v1\",\"metadata\":{\"name\":\"a\"},\"l\":["
                    + keys(bytes, form)
                    + "]}");
    Write write = new Write(GroupVersionKind.of("x.example/v1", "Thing"), node, false, "", "me");
    cases.put(
        "custom list of type " + name,
        bytes -> {
          JsonObject object = objects.apply(bytes);
          return () -> CustomResourceCheck.ofValue(node, object, FieldPath.ROOT);
        });
    cases.put(
        "list of type %s, owned".formatted(name),
        bytes -> {
          JsonObject object = objects.apply(bytes);
          return () -> OWNERSHIP.updated(write, new JsonObject(), object);
        });
    cases.put(
        "list of type %s, applied".formatted(name),
        bytes -> {
          JsonObject object = objects.apply(bytes);
          JsonObject live = object.copy();
          JsonArray owned = OWNERSHIP.updated(write, new JsonObject(), object);
          if (owned != null) {
            live.objectAt("metadata").set("managedFields", owned);
          }
          return () -> {
            try {
              OWNERSHIP.apply(applying(write), live, object, false);
            } catch (StatusError _) {
              // A conflict is as good.
            }
          };
        });
  }
}
