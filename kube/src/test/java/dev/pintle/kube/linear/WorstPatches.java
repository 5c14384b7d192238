package dev.pintle.kube.linear;

import dev.pintle.kube.decode.PatchDocument;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.patch.PatchException;
import dev.pintle.kube.patch.PatchType;
import dev.pintle.kube.patch.Patches;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.SchemaNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Patches, each with the object that makes it slowest.
final class WorstPatches {
  private static final SchemaNode POD = BuiltInTypes.load().definition("io.k8s.api.core.v1.Pod");

  private final Map<String, IntFunction<Cost.Work>> cases = new LinkedHashMap<>();

  private WorstPatches() {}

  static Map<String, IntFunction<Cost.Work>> all() {
    WorstPatches patches = new WorstPatches();
    patches.merging();
    patches.strategic();
    patches.operations();
    patches.repeatedFields();
    return patches.cases;
  }

  private void add(
      PatchType type, String name, IntFunction<String> patch, IntFunction<String> object) {
    cases.put(
        "%s patch %s".formatted(type, name),
        bytes -> {
          Json change = JsonReader.read(patch.apply(bytes));
          JsonObject current = (JsonObject) JsonReader.read(object.apply(bytes));
          return () -> {
            try {
              new Patches(type, change, POD, true).apply(current);
            } catch (PatchException _) {
              // Refusing is one way to be quick.
            }
          };
        });
  }

  private static String fields(int bytes, String value) {
    return Collisions.filling(bytes, value.length() + 4).stream()
        .map(name -> "\"%s\":%s".formatted(name, value))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String list(int bytes, String form) {
    return IntStream.range(0, Math.max(1, bytes / (form.length() + 6)))
        .mapToObj(i -> form.formatted("k%06d".formatted(i)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String backwards(int bytes, String form) {
    int count = Math.max(1, bytes / (form.length() + 6));
    return IntStream.range(0, count)
        .mapToObj(i -> form.formatted("k%06d".formatted(count - i)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private void merging() {
    add(PatchType.MERGE, "taking fields away", n -> fields(n, "null"), n -> fields(n, "1"));
    add(PatchType.MERGE, "replacing fields", n -> fields(n, "2"), n -> fields(n, "1"));
  }

  private void strategic() {
    String labels = "{\"metadata\":{\"labels\":%s}}";
    String containers = "{\"spec\":{\"containers\":%s}}";
    String item = "{\"name\":\"%s\"}";
    String deleted = "{\"name\":\"%s\",\"$patch\":\"delete\"}";
    add(
        PatchType.STRATEGIC,
        "taking labels away",
        n -> labels.formatted(fields(n, "null")),
        n -> labels.formatted(fields(n, "\"\"")));
    add(
        PatchType.STRATEGIC,
        "retaining none",
        n -> "{\"metadata\":{\"labels\":{\"$retainKeys\":[]}}}",
        n -> labels.formatted(fields(n, "\"\"")));
    add(
        PatchType.STRATEGIC,
        "merging items",
        n -> containers.formatted(backwards(n, item)),
        n -> containers.formatted(list(n, item)));
    add(
        PatchType.STRATEGIC,
        "adding items",
        n -> containers.formatted(list(n, "{\"name\":\"x%s\"}")),
        n -> containers.formatted(list(n, item)));
    add(
        PatchType.STRATEGIC,
        "deleting items",
        n -> containers.formatted(list(n, deleted)),
        n -> containers.formatted(list(n, item)));
    add(
        PatchType.STRATEGIC,
        "ordering items",
        n -> "{\"spec\":{\"$setElementOrder/containers\":%s}}".formatted(backwards(n, item)),
        n -> containers.formatted(list(n, item)));
    add(
        PatchType.STRATEGIC,
        "a set",
        n -> "{\"metadata\":{\"finalizers\":%s}}".formatted(list(n, "\"x%s\"")),
        n -> "{\"metadata\":{\"finalizers\":%s}}".formatted(list(n, "\"%s\"")));
    add(
        PatchType.STRATEGIC,
        "out of a set",
        n ->
            "{\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":%s}}"
                .formatted(backwards(n, "\"%s\"")),
        n -> "{\"metadata\":{\"finalizers\":%s}}".formatted(list(n, "\"%s\"")));
  }

  /// Operations are bounded in number, so it is the object that grows.
  private void operations() {
    add(
        PatchType.JSON,
        "removing fields",
        n ->
            Collisions.filling(Math.min(n, 300_000), 60).stream()
                .map(name -> "{\"op\":\"remove\",\"path\":\"/%s\"}".formatted(name))
                .collect(Collectors.joining(",", "[", "]")),
        n -> fields(n, "1"));
    add(
        PatchType.JSON,
        "a long pointer",
        n -> "[{\"op\":\"add\",\"path\":\"%s\",\"value\":1}]".formatted("/a".repeat(n / 2)),
        n -> "{\"a\":{}}");
    add(
        PatchType.JSON,
        "copies",
        n ->
            IntStream.range(0, 1_000)
                .mapToObj("{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b%d\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]")),
        n -> "{\"a\":%s}".formatted(list(n, "\"%s\"")));
    add(
        PatchType.JSON,
        "tests",
        n -> "[{\"op\":\"test\",\"path\":\"/a\",\"value\":%s}]".formatted(list(n, "\"%s\"")),
        n -> "{\"a\":%s}".formatted(list(n, "\"%s\"")));
  }

  /// A value with a hundred fields that come twice, copied by every other operation.
  private void repeatedFields() {
    String value =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"a%d\":1,\"a%d\":2".formatted(i, i))
            .collect(Collectors.joining(",", "{", "}"));
    cases.put(
        "JSON patch copies of fields that come twice",
        bytes -> {
          String patch =
              IntStream.range(0, Math.min(9_999, bytes / 40))
                  .mapToObj("{\"op\":\"copy\",\"from\":\"/v\",\"path\":\"/c%d\"}"::formatted)
                  .collect(
                      Collectors.joining(
                          ",",
                          "[{\"op\":\"add\",\"path\":\"/v\",\"value\":%s},".formatted(value),
                          "]"));
          PatchDocument document =
              PatchDocument.readOperations(patch.getBytes(StandardCharsets.UTF_8));
          return () -> {
            try {
              Json outcome =
                  new Patches(PatchType.JSON, document.json(), POD, true).apply(new JsonObject());
              Cost.keep(document.outcome(outcome, SchemaNode.ANYTHING).repeated().size());
            } catch (PatchException _) {
              // Refusing is one way to be quick.
            }
          };
        });
  }
}
