package dev.pintle.kube.crd;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.FieldFacts;
import dev.pintle.kube.schema.FieldTable;
import dev.pintle.kube.schema.ListType;
import dev.pintle.kube.schema.OmitPolicy;
import dev.pintle.kube.schema.Ownership;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The reader of `openAPIV3Schema`, which makes of it the graph of nodes that every pass over an object walks.
public final class SchemaReader {
  /// The types that a schema may say.
  public static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");

  private SchemaReader() {}

  /// The node of a schema that was accepted as structural.
  public static SchemaNode read(JsonObject schema) {
    ValueKind kind = kind(schema);
    SchemaNode.Head head =
        new SchemaNode.Head(kind, "", ownership(schema), ValueValidationReader.read(schema));
    SchemaNode.Parts parts =
        new SchemaNode.Parts(
            fields(schema), items(schema, kind), otherItems(schema, kind), description(schema));
    return new SchemaNode(head, () -> parts);
  }

  private static Supplier<String> description(JsonObject schema) {
    String text = schema.textOrEmpty("description");
    return () -> text;
  }

  private static ValueKind kind(JsonObject schema) {
    if (schema.isTrue("x-kubernetes-int-or-string")) {
      return ValueKind.INT_OR_STRING;
    }
    String format = schema.text("format");
    String type = schema.text("type");
    return switch (type == null ? "" : type) {
      case "object" -> isMap(schema) ? ValueKind.MAP : ValueKind.OBJECT;
      case "array" -> ValueKind.LIST;
      case "string" -> ValueKind.TEXT;
      case "boolean" -> ValueKind.BOOLEAN;
      case "integer" -> "int32".equals(format) ? ValueKind.INT32 : ValueKind.INT64;
      case "number" -> ValueKind.DOUBLE;
      default -> ValueKind.ANY;
    };
  }

  /// Whether the type is one of those that there are, or none.
  static boolean hasKnownType(JsonObject schema) {
    String type = schema.textOrEmpty("type");
    return type.isEmpty() || TYPES.contains(type);
  }

  private static boolean isMap(JsonObject schema) {
    return schema.object("additionalProperties") != null && isEmpty(schema.object("properties"));
  }

  private static boolean isEmpty(@Nullable JsonObject object) {
    return object == null || object.isEmpty();
  }

  private static @Nullable Supplier<SchemaNode> items(JsonObject schema, ValueKind kind) {
    JsonObject items =
        kind == ValueKind.LIST ? schema.object("items") : schema.object("additionalProperties");
    if (items != null) {
      SchemaNode node = read(items);
      return () -> node;
    }
    if (kind == ValueKind.LIST) {
      return () -> SchemaNode.ANYTHING;
    }
    return schema.isTrue("additionalProperties") ? () -> SchemaNode.OPEN : null;
  }

  /// A schema may speak of lists or of free names and have no type, or another one: values of a wrong type are pruned too.
  private static @Nullable Supplier<SchemaNode> otherItems(JsonObject schema, ValueKind kind) {
    JsonObject other =
        kind == ValueKind.LIST ? schema.object("additionalProperties") : schema.object("items");
    if (other == null) {
      return null;
    }
    SchemaNode node = read(other);
    return () -> node;
  }

  private static FieldTable fields(JsonObject schema) {
    JsonObject properties = schema.object("properties");
    if (properties == null) {
      return FieldTable.EMPTY;
    }
    Set<String> required = new HashSet<>(texts(schema.array("required")));
    List<Field> fields = new ArrayList<>();
    for (JsonObject.Field property : properties) {
      if (property.value() instanceof JsonObject child) {
        fields.add(field(property.name().intern(), child, required.contains(property.name())));
      }
    }
    return new FieldTable(fields);
  }

  private static Field field(String name, JsonObject schema, boolean required) {
    SchemaNode node = read(schema);
    FieldFacts.Wording wording = new FieldFacts.Wording(schema.get("default"), description(schema));
    FieldFacts facts =
        new FieldFacts(OmitPolicy.POINTER, required, FieldFacts.Patch.DEFAULT, List.of(), wording);
    return new Field(name, () -> node, facts);
  }

  private static Ownership ownership(JsonObject schema) {
    ListType type =
        switch (schema.textOrEmpty("x-kubernetes-list-type")) {
          case "atomic" -> ListType.ATOMIC;
          case "set" -> ListType.SET;
          case "map" -> ListType.MAP;
          default -> ListType.UNSPECIFIED;
        };
    boolean atomic = "atomic".equals(schema.text("x-kubernetes-map-type"));
    return new Ownership(type, texts(schema.array("x-kubernetes-list-map-keys")), atomic);
  }

  static List<String> texts(@Nullable JsonArray list) {
    List<String> texts = new ArrayList<>();
    if (list != null) {
      for (Json item : list) {
        if (item instanceof Json.Text(String text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }
}
