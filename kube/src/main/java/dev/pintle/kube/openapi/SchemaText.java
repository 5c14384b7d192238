package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.ListType;
import dev.pintle.kube.schema.OmitPolicy;
import dev.pintle.kube.schema.Ownership;
import dev.pintle.kube.schema.PatchStrategy;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The writer of nodes in the words of OpenAPI.
final class SchemaText {
  private final OpenApiVersion dialect;
  private final Consumer<SchemaNode> referred;

  /// @param referred is told of every definition that is referred to
  SchemaText(OpenApiVersion dialect, Consumer<SchemaNode> referred) {
    this.dialect = dialect;
    this.referred = referred;
  }

  /// A node that is a definition of its own, in full.
  JsonObject definition(SchemaNode node) {
    JsonObject text = described(node.description());
    shape(text, node);
    if (node.ownership().atomic()) {
      text.set("x-kubernetes-map-type", "atomic");
    }
    JsonArray unions = OpenApiFacts.load().unions(node.typeName());
    if (unions != null) {
      text.set("x-kubernetes-unions", unions);
    }
    return text;
  }

  /// A node where it is used: a reference when it has a name.
  JsonObject use(SchemaNode node) {
    return refersTo(node) ? reference(node) : definition(node);
  }

  private static boolean refersTo(SchemaNode node) {
    return !node.typeName().isEmpty() && node.kind() != ValueKind.LIST;
  }

  private JsonObject reference(SchemaNode node) {
    referred.accept(named(node));
    return new JsonObject().set("$ref", dialect.ref(node.typeName()));
  }

  private static JsonObject described(String description) {
    JsonObject text = new JsonObject();
    if (!description.isEmpty()) {
      text.set("description", description);
    }
    return text;
  }

  private void shape(JsonObject text, SchemaNode node) {
    switch (node.kind()) {
      case OBJECT -> object(text, node);
      case MAP -> text.set("type", "object").set("additionalProperties", use(node.items()));
      case LIST -> list(text, node);
      case TEXT -> text.set("type", "string");
      case INT32 -> typed(text, "integer", "int32");
      case INT64 -> typed(text, "integer", "int64");
      case DOUBLE -> typed(text, "number", "double");
      case BOOLEAN -> text.set("type", "boolean");
      case BYTES -> typed(text, "string", "byte");
      case TIME, MICRO_TIME -> typed(text, "string", "date-time");
      case QUANTITY -> either(text, "string", "number", "");
      case INT_OR_STRING -> either(text, "integer", "string", "int-or-string");
      case ANY -> any(text, node);
    }
    enumeration(text, node.rules().enumeration());
  }

  private static void enumeration(JsonObject text, List<Json> values) {
    if (!values.isEmpty()) {
      JsonArray array = new JsonArray();
      values.forEach(array::add);
      text.set("enum", array);
    }
  }

  private static void typed(JsonObject text, String type, String format) {
    text.set("type", type);
    if (!format.isEmpty()) {
      text.set("format", format);
    }
  }

  private void either(JsonObject text, String first, String second, String format) {
    if (dialect == OpenApiVersion.V2) {
      typed(text, "string", format);
      return;
    }
    if (!format.isEmpty()) {
      text.set("format", format);
    }
    JsonObject one = new JsonObject().set("type", first);
    JsonObject other = new JsonObject().set("type", second);
    text.set("oneOf", JsonArray.of(one, other));
  }

  /// Embedded objects are objects; a JSON value may be anything, which is said by saying nothing.
  private static void any(JsonObject text, SchemaNode node) {
    if (node.typeName().endsWith(".RawExtension") || node.typeName().endsWith(".FieldsV1")) {
      text.set("type", "object");
    }
  }

  private void list(JsonObject text, SchemaNode node) {
    text.set("type", "array");
    if (node.hasItems()) {
      text.set("items", use(node.items()));
    }
  }

  private void object(JsonObject text, SchemaNode node) {
    text.set("type", "object");
    List<Field> fields = new ArrayList<>();
    JsonArray required = new JsonArray();
    for (Field field : node.fields()) {
      fields.add(field);
      if (field.required()) {
        required.add(Json.of(field.name()));
      }
    }
    fields.sort(Comparator.comparing(Field::name));
    JsonObject properties = new JsonObject();
    OpenApiFacts facts = OpenApiFacts.load();
    fields.forEach(field -> {
      JsonObject property = property(field);
      if (facts.isGranular(node.typeName(), field.name())) {
        property.set("x-kubernetes-map-type", "granular");
      }
      properties.set(field.name(), property);
    });
    if (!required.isEmpty()) {
      text.set("required", required);
    }
    if (!properties.isEmpty()) {
      text.set("properties", properties);
    }
  }

  private JsonObject property(Field field) {
    SchemaNode node = field.node();
    JsonObject text = described(descriptionOf(field));
    Json defaultValue = dialect == OpenApiVersion.V3 ? defaultOf(field) : null;
    if (refersTo(node)) {
      setDefault(text, defaultValue);
      refer(text, node);
    } else {
      shape(text, node);
      setDefault(text, defaultValue);
      ownership(text, node.ownership(), node.kind());
    }
    patch(text, field);
    return text;
  }

  /// A field that holds one of a few values names them behind what is said of it.
  private static String descriptionOf(Field field) {
    List<Json> values = enumeration(field.node());
    if (values.isEmpty()) {
      return field.description().stripTrailing();
    }
    StringBuilder text = new StringBuilder(field.description());
    if (!text.isEmpty()) {
      text.append("\n\n");
    }
    text.append("Possible enum values:");
    for (Json value : values) {
      text.append("\n - `").append(JsonWriter.text(value)).append('`');
    }
    return text.toString();
  }

  private static List<Json> enumeration(SchemaNode node) {
    return node.rules().enumeration();
  }

  /// In v3 nothing may stand beside a reference, so that it is put into an alternative of one where something does.
  private void refer(JsonObject text, SchemaNode node) {
    SchemaNode named = named(node);
    referred.accept(named);
    if (dialect == OpenApiVersion.V2 || text.isEmpty()) {
      text.set("$ref", dialect.ref(node.typeName()));
    } else {
      text.set("allOf", JsonArray.of(new JsonObject().set("$ref", dialect.ref(node.typeName()))));
    }
    if (named.ownership().atomic() != node.ownership().atomic()) {
      text.set("x-kubernetes-map-type", node.ownership().atomic() ? "atomic" : "granular");
    }
  }

  /// The definition itself: where it is used its parts may be owned differently.
  private static SchemaNode named(SchemaNode node) {
    return BuiltInTypes.load().definition(node.typeName());
  }

  private static void setDefault(JsonObject text, @Nullable Json value) {
    if (value != null && !text.has("default")) {
      text.set("default", value);
    }
  }

  /// Beside the defaults that upstream declares, its documents show Go's zero value of what is
  /// always written.
  private @Nullable Json defaultOf(Field field) {
    if (field.defaultValue() != null) {
      return field.defaultValue();
    }
    if (field.omitPolicy().isPointer()) {
      return null;
    }
    boolean always = field.omitPolicy() == OmitPolicy.ALWAYS;
    return switch (field.node().kind()) {
      case OBJECT -> field.node().typeName().isEmpty() ? null : new JsonObject();
      case TEXT -> always ? Json.of("") : null;
      case INT32, INT64, DOUBLE -> always ? Json.of(0) : null;
      case BOOLEAN -> always ? Json.of(false) : null;
      case MAP, LIST, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, ANY -> null;
    };
  }

  private static void ownership(JsonObject text, Ownership ownership, ValueKind kind) {
    if (!ownership.mapKeys().isEmpty()) {
      text.set("x-kubernetes-list-map-keys", texts(ownership.mapKeys()));
    }
    if (ownership.listType() != ListType.UNSPECIFIED) {
      text.set("x-kubernetes-list-type", ownership.listType().text());
    }
    if (ownership.atomic() && kind != ValueKind.LIST) {
      text.set("x-kubernetes-map-type", "atomic");
    }
  }

  private static void patch(JsonObject text, Field field) {
    String mergeKey = field.patchMergeKey();
    if (mergeKey != null) {
      text.set("x-kubernetes-patch-merge-key", mergeKey);
    }
    if (!field.patchStrategies().isEmpty()) {
      TreeSet<PatchStrategy> ordered = new TreeSet<>(field.patchStrategies());
      text.set(
          "x-kubernetes-patch-strategy",
          String.join(",", ordered.stream().map(PatchStrategy::text).toList()));
    }
  }

  static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(text -> array.add(Json.of(text)));
    return array;
  }
}
