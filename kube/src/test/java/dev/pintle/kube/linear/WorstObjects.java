package dev.pintle.kube.linear;

import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.ownership.VersionedSchemas;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.StatusError;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// The worst objects that were read, to be checked, shown and owned.
final class WorstObjects {
  static final BuiltInTypes TYPES = BuiltInTypes.load();
  private static final TypeRegistry REGISTRY = TypeRegistry.ofBuiltIns();
  static final FieldOwnership OWNERSHIP =
      new FieldOwnership(
          new VersionedSchemas(REGISTRY::current, (object, _) -> object),
          schema -> Canonicalizer.canonical(schema, new JsonObject()),
          Clock.systemUTC());

  private final Map<String, IntFunction<Cost.Work>> cases = new LinkedHashMap<>();

  private WorstObjects() {}

  static Map<String, IntFunction<Cost.Work>> all() {
    WorstObjects objects = new WorstObjects();
    objects.cases.putAll(WorstPods.all());
    objects.cases.putAll(WorstBuiltIns.all());
    objects.owned();
    return objects.cases;
  }

  static JsonObject json(String text) {
    return (JsonObject) JsonReader.read(text);
  }

  static String repeated(String part, int bytes) {
    return WorstTexts.repeated(part, bytes);
  }

  static String keys(int bytes, String form) {
    return Collisions.filling(bytes, form.length()).stream()
        .map(form::formatted)
        .collect(Collectors.joining(","));
  }

  static ResourceType type(String kind) {
    return TYPES.snapshot().resources().stream()
        .filter(type -> type.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  static Write applying(Write write) {
    return new Write(write.kind(), write.schema(), write.hasStatus(), "", "you");
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
