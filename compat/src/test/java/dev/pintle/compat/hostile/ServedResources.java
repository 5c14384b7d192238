package dev.pintle.compat.hostile;

import dev.pintle.compat.harness.GoldenData;
import dev.pintle.compat.harness.KubeClient;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// The resources that a server serves, and a whole object of each: upstream's golden data where it is on this machine,
/// else one with the fields that nearly all have.
record ServedResources(List<Resource> all) {
  static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String THINGS =
      """
      {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"things.fuzz.example"},
      "spec":{"group":"fuzz.example","scope":"Namespaced","names":{"plural":"things","kind":"Thing"},
      "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{},
      "scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas"}},
      "additionalPrinterColumns":[{"name":"n","type":"integer","jsonPath":".spec.replicas"},
      {"name":"d","type":"date","jsonPath":".spec.at"}],
      "schema":{"openAPIV3Schema":{"type":"object","properties":{
      "spec":{"type":"object","x-kubernetes-preserve-unknown-fields":true,
      "x-kubernetes-validations":[{"rule":"!has(self.replicas) || self.replicas >= 0"}],"properties":{
      "replicas":{"type":"integer","minimum":0,"maximum":100,"multipleOf":2},"at":{"type":"string","format":"date-time"},
      "uri":{"type":"string","format":"uri"},"email":{"type":"string","format":"email"},
      "text":{"type":"string","pattern":"^(a+)+$","minLength":1},"port":{"x-kubernetes-int-or-string":true},
      "set":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
      "map":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"items":{"type":"object",
      "required":["k"],"properties":{"k":{"type":"string"},"v":{"type":"number"}}}},
      "inner":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true},
      "one":{"type":"object","oneOf":[{"required":["a"]},{"required":["b"]}],"properties":{"a":{"type":"integer"},
      "b":{"type":"string","enum":["x","y"]}}}}},
      "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}}
      """;
  private static final String THING =
      """
      {"apiVersion":"fuzz.example/v1","kind":"Thing","metadata":{"name":"x","labels":{"a":"b"}},"spec":{"replicas":2,
      "at":"2026-01-02T03:04:05Z","uri":"https://a/b","email":"a@b.c","text":"aaa","port":"80%","set":["a","b"],
      "map":[{"k":"a","v":1.5},{"k":"b"}],"inner":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"i"}},"one":{"a":1},
      "more":{"x":[1,2,{"y":null}]}},"status":{"replicas":1}}
      """;

  /// One resource.
  ///
  /// @param path of its collection
  /// @param subresources by name
  /// @param binary the golden object in the binary form, in hexadecimal; empty when there is none
  record Resource(
      String path, String kind, List<String> subresources, ObjectNode object, String binary) {}

  static ServedResources of(KubeClient admin) {
    admin.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", THINGS);
    admin.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"fuzz\"}}");
    List<Resource> all = new ArrayList<>();
    group(admin, "/api/v1", "v1", all);
    for (JsonNode group : admin.get("/apis").json().path("groups")) {
      for (JsonNode version : group.path("versions")) {
        String text = version.path("groupVersion").asString("");
        group(admin, "/apis/" + text, text, all);
      }
    }
    String things = "/apis/fuzz.example/v1/namespaces/fuzz/things";
    List<String> parts = List.of("status", "scale");
    all.removeIf(resource -> resource.path().equals(things));
    for (int i = 0; i < 5; i++) {
      all.add(new Resource(things, "Thing", parts, (ObjectNode) MAPPER.readTree(THING), ""));
    }
    return new ServedResources(List.copyOf(all));
  }

  private static void group(KubeClient admin, String root, String version, List<Resource> all) {
    JsonNode listed = admin.get(root).json().path("resources");
    for (JsonNode each : listed) {
      String name = each.path("name").asString("");
      if (name.contains("/")) {
        continue;
      }
      List<String> parts = new ArrayList<>();
      for (JsonNode other : listed) {
        if (other.path("name").asString("").startsWith(name + "/")) {
          parts.add(other.path("name").asString("").substring(name.length() + 1));
        }
      }
      boolean namespaced = each.path("namespaced").asBoolean(false);
      String kind = each.path("kind").asString("");
      all.add(
          new Resource(
              root + (namespaced ? "/namespaces/fuzz/" : "/") + name,
              kind,
              List.copyOf(parts),
              object(version, kind),
              binary(version, kind)));
    }
  }

  private static ObjectNode object(String version, String kind) {
    Optional<byte[]> golden = GoldenData.read(version, kind, "json");
    if (golden.isPresent()) {
      return (ObjectNode) MAPPER.readTree(golden.get());
    }
    ObjectNode object = MAPPER.createObjectNode();
    object.put("apiVersion", version).put("kind", kind);
    object.putObject("metadata").put("name", "x").putObject("labels").put("a", "b");
    object.putObject("spec").put("replicas", 1).putObject("selector").putObject("matchLabels");
    return object;
  }

  private static String binary(String version, String kind) {
    return GoldenData.read(version, kind, "pb").map(HexFormat.of()::formatHex).orElse("");
  }

  Resource any(SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }
}
