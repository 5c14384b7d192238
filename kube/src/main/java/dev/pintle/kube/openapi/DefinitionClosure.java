package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The definitions that a document holds: what its operations name, and everything those refer to.
final class DefinitionClosure {
  static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  static final String PATCH = META + "Patch";

  private static final Comparator<GroupVersionKind> BY_TEXT =
      Comparator.comparing(GroupVersionKind::group)
          .thenComparing(GroupVersionKind::version)
          .thenComparing(GroupVersionKind::kind);

  private final SchemaText text;
  private final Map<String, SchemaNode> known = new TreeMap<>();
  private final Deque<SchemaNode> left = new ArrayDeque<>();
  private final Map<String, Set<GroupVersionKind>> kinds = new TreeMap<>();
  private final Map<String, JsonObject> written = new TreeMap<>();
  private final OpenApiVersion dialect;
  private final Map<String, GroupVersionKind> served;

  /// @param served the kinds of resources by the names of their definitions, which say so wherever
  ///   they appear
  DefinitionClosure(OpenApiVersion dialect, Map<String, GroupVersionKind> served) {
    this.dialect = dialect;
    this.served = served;
    this.text = new SchemaText(dialect, this::refer);
  }

  /// Makes sure that a definition is there, and says of what kind an object of it is.
  String use(SchemaNode node, GroupVersionKind kind) {
    refer(node);
    kinds.computeIfAbsent(node.typeName(), _ -> new TreeSet<>(BY_TEXT)).add(kind);
    return dialect.ref(node.typeName());
  }

  OpenApiVersion dialect() {
    return dialect;
  }

  String use(SchemaNode node) {
    refer(node);
    return dialect.ref(node.typeName());
  }

  /// Adds a definition that is no built-in type.
  String custom(String name, GroupVersionKind kind, Supplier<JsonObject> write) {
    if (!written.containsKey(name)) {
      written.put(name, write.get());
      kinds.put(name, Set.of(kind));
    }
    return dialect.ref(name);
  }

  /// A reference with words beside it.
  JsonObject beside(JsonObject text, String ref) {
    return dialect == OpenApiVersion.V2
        ? text.set("$ref", ref)
        : text.set("allOf", JsonArray.of(new JsonObject().set("$ref", ref)));
  }

  /// The definition that stands for any patch.
  String patch() {
    written.computeIfAbsent(
        PATCH,
        _ ->
            new JsonObject()
                .set(
                    "description",
                    "Patch is provided to give a concrete name and type to the Kubernetes PATCH request body.")
                .set("type", "object"));
    return dialect.ref(PATCH);
  }

  /// All definitions, by name.
  JsonObject write() {
    while (!left.isEmpty()) {
      SchemaNode node = left.pop();
      written.put(node.typeName(), text.definition(node));
    }
    JsonObject all = new JsonObject();
    written.forEach((name, definition) -> {
      Set<GroupVersionKind> of = kinds.get(name);
      all.set(
          name,
          of == null ? definition : definition.set("x-kubernetes-group-version-kind", kinds(of)));
    });
    return all;
  }

  private static JsonArray kinds(Set<GroupVersionKind> kinds) {
    JsonArray array = new JsonArray();
    kinds.forEach(kind -> array.add(kind(kind)));
    return array;
  }

  static JsonObject kind(GroupVersionKind kind) {
    return new JsonObject()
        .set("group", Json.of(kind.group()))
        .set("version", Json.of(kind.version()))
        .set("kind", Json.of(kind.kind()));
  }

  private void refer(SchemaNode node) {
    String name = node.typeName();
    if (known.putIfAbsent(name, node) == null) {
      left.add(node);
      GroupVersionKind kind = served.get(name);
      if (kind != null) {
        kinds.computeIfAbsent(name, _ -> new TreeSet<>(BY_TEXT)).add(kind);
      }
    }
  }
}
