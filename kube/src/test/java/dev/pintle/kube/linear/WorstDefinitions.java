package dev.pintle.kube.linear;

import static dev.pintle.kube.linear.WorstObjects.json;
import static dev.pintle.kube.linear.WorstObjects.keys;
import static dev.pintle.kube.linear.WorstObjects.repeated;
import static java.util.Objects.requireNonNull;

import dev.pintle.kube.definition.DefinitionCheck;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// The worst custom resource definitions.
final class WorstDefinitions {
  private static final ResourceType TYPE =
      requireNonNull(
          BuiltInTypes.load()
              .snapshot()
              .resource(
                  GroupVersion.parse("apiextensions.k8s.io/v1"), "customresourcedefinitions"));

  private final Map<String, IntFunction<Cost.Work>> cases = new LinkedHashMap<>();

  private WorstDefinitions() {}

  static Map<String, IntFunction<Cost.Work>> all() {
    WorstDefinitions worst = new WorstDefinitions();
    worst.definitions();
    return worst.cases;
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
          return () -> DefinitionCheck.onCreate(TYPE, definition, _ -> {});
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
}
