package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.FieldLabel;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The definitions that operations name: of objects, lists, options and answers.
final class ReferencedDefinitions {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String CONVENTIONS =
      "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md";

  /// Any built-in kind: its fields of every object are described as all are.
  private static final String EXAMPLE = "io.k8s.api.core.v1.Pod";

  private final BuiltInTypes builtIn;
  private final DefinitionClosure definitions;
  private final Set<GroupVersion> optionVersions;
  private final OptionParameters options;

  /// @param optionVersions whose kinds the options of a deletion and the event of a watch are
  ReferencedDefinitions(
      BuiltInTypes builtIn, DefinitionClosure definitions, Set<GroupVersion> optionVersions) {
    this.builtIn = builtIn;
    this.definitions = definitions;
    this.optionVersions = optionVersions;
    this.options = new OptionParameters(builtIn);
  }

  OptionParameters options() {
    return options;
  }

  String object(ResourceType type) {
    return type.isCustom()
        ? definitions.custom(
            customName(type, type.kind()), type.groupVersionKind(), () -> customObject(type))
        : definitions.use(type.schema(), type.groupVersionKind());
  }

  String list(ResourceType type) {
    GroupVersionKind kind = type.groupVersion().kind(type.listKind());
    if (type.isCustom()) {
      String items = object(type);
      return definitions.custom(
          customName(type, type.listKind()), kind, () -> customList(type, items));
    }
    String own = type.schema().typeName();
    String name = own.substring(0, own.lastIndexOf('.') + 1) + type.listKind();
    return definitions.use(builtIn.definition(name), kind);
  }

  /// The definition of a kind that a subresource takes and gives.
  String part(ResourceType type, GroupVersionKind kind) {
    if (kind.equals(type.groupVersionKind())) {
      return object(type);
    }
    String suffix = "." + kind.version() + "." + kind.kind();
    String group = kind.group().isEmpty() ? "core" : kind.group().replaceFirst("\\..*", "");
    return builtIn.definitions().stream()
        .filter(name -> name.endsWith("." + group + suffix))
        .findFirst()
        .map(name -> definitions.use(builtIn.definition(name), kind))
        .orElseThrow();
  }

  String deleteOptions() {
    return ofEveryVersion("DeleteOptions");
  }

  String status() {
    return definitions.use(
        builtIn.definition(META + "Status"), GroupVersionKind.of("v1", "Status"));
  }

  /// What a watch answers.
  String watchEvent() {
    return ofEveryVersion("WatchEvent");
  }

  private String ofEveryVersion(String kind) {
    SchemaNode node = builtIn.definition(META + kind);
    optionVersions.forEach(version -> definitions.use(node, version.kind(kind)));
    return definitions.use(node);
  }

  /// What the deletion of an object answers: for some resources the object, else how it went.
  String deleted(ResourceType type) {
    return OpenApiFacts.load().deletionAnswersObject(type) ? object(type) : status();
  }

  String resourceList() {
    return definitions.use(
        builtIn.definition(META + "APIResourceList"), GroupVersionKind.of("v1", "APIResourceList"));
  }

  /// A built-in type that is no kind.
  String plain(String definition) {
    return definitions.use(builtIn.definition(definition));
  }

  String patch() {
    return definitions.patch();
  }

  /// `com.example.stable.v1.CronTab` for `stable.example.com/v1` and `CronTab`
  private static String customName(ResourceType type, String kind) {
    List<String> parts = Arrays.asList(type.group().split("\\."));
    Collections.reverse(parts);
    return String.join(".", parts) + "." + type.version() + "." + kind;
  }

  private JsonObject customObject(ResourceType type) {
    JsonObject schema = type.writtenSchema();
    PublishedSchema published =
        new PublishedSchema(definitions.dialect(), name -> common(EXAMPLE, name));
    return selectable(type, published.whole(schema == null ? new JsonObject() : schema));
  }

  /// The fields that selectors may name beside those of all objects.
  private static JsonObject selectable(ResourceType type, JsonObject written) {
    JsonArray fields = new JsonArray();
    for (FieldLabel label : type.fieldLabels()) {
      if (!label.name().startsWith("metadata.")) {
        fields.add(new JsonObject().set("fieldPath", label.name()));
      }
    }
    return fields.isEmpty() ? written : written.set("x-kubernetes-selectable-fields", fields);
  }

  private JsonObject common(String example, String name) {
    Field field = Objects.requireNonNull(builtIn.definition(example).field(name), name);
    JsonObject text = new JsonObject().set("description", field.description());
    SchemaNode node = field.node();
    if (node.typeName().isEmpty()) {
      return text.set("type", "string");
    }
    return definitions.beside(text, definitions.use(node));
  }

  private JsonObject customList(ResourceType type, String items) {
    JsonObject properties = new JsonObject().set("apiVersion", common(EXAMPLE, "apiVersion"));
    JsonObject list =
        new JsonObject()
            .set("description", "List of %s. More info: %s".formatted(type.plural(), CONVENTIONS));
    properties.set(
        "items", list.set("type", "array").set("items", new JsonObject().set("$ref", items)));
    properties
        .set("kind", common(EXAMPLE, "kind"))
        .set("metadata", common(EXAMPLE + "List", "metadata"));
    JsonObject written =
        new JsonObject()
            .set("description", "%s is a list of %s".formatted(type.listKind(), type.kind()))
            .set("type", "object")
            .set("required", JsonArray.of(Json.of("items")))
            .set("properties", properties);
    return selectable(type, written);
  }
}
