package dev.pintle.kube.protobuf;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.schema.SchemaNode;
import org.jspecify.annotations.Nullable;

/// The places of a custom resource definition's schema that hold either a schema or something else:
/// JSON does not name their parts, protobuf does.
enum OneOf {
  SCHEMA_OR_ARRAY,
  SCHEMA_OR_BOOL,
  SCHEMA_OR_TEXTS;

  private static final String PACKAGE = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  /// The union that a node of any value stands for; null for plain JSON.
  static @Nullable OneOf of(SchemaNode node) {
    if (!node.typeName().startsWith(PACKAGE)) {
      return null;
    }
    return switch (node.typeName().substring(PACKAGE.length())) {
      case "JSONSchemaPropsOrArray" -> SCHEMA_OR_ARRAY;
      case "JSONSchemaPropsOrBool" -> SCHEMA_OR_BOOL;
      case "JSONSchemaPropsOrStringArray" -> SCHEMA_OR_TEXTS;
      default -> null;
    };
  }

  void write(MessageWriter writer, ProtoOutput out, Json value) {
    switch (this) {
      case SCHEMA_OR_ARRAY -> {
        if (value instanceof JsonArray array) {
          writer.items(SECOND, SchemaSchema.node(), array);
        } else {
          writer.single(FIRST, SchemaSchema.node(), value);
        }
      }
      case SCHEMA_OR_BOOL -> {
        boolean isSchema = !(value instanceof Json.Bool);
        if (isSchema) {
          writer.single(SECOND, SchemaSchema.node(), value);
        }
        out.number(FIRST, isSchema || value.equals(Json.Bool.TRUE) ? 1 : 0);
      }
      case SCHEMA_OR_TEXTS -> {
        if (value instanceof JsonArray array) {
          writer.items(SECOND, SchemaSchema.TEXT, array);
        } else {
          writer.single(FIRST, SchemaSchema.node(), value);
        }
      }
    }
  }

  Json read(MessageReader reader, ProtoInput in) {
    JsonArray many = new JsonArray();
    Json single = Json.NULL;
    while (in.next()) {
      if (in.number() > SECOND) {
        in.skip();
      } else if (this == SCHEMA_OR_BOOL && in.number() == FIRST) {
        boolean allows = in.varint() != 0;
        single = single instanceof Json.Null ? Json.of(allows) : single;
      } else if (this == SCHEMA_OR_BOOL || in.number() == FIRST) {
        single = reader.value(SchemaSchema.node(), in);
      } else {
        many.add(
            reader.value(this == SCHEMA_OR_TEXTS ? SchemaSchema.TEXT : SchemaSchema.node(), in));
      }
    }
    return many.isEmpty() ? single : many;
  }
}
