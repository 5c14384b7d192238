package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;

/// The places in the schema of a definition that hold a schema or something else. They read themselves: what is not known inside
/// of them is dropped, and told to nobody.
final class SchemaUnion {
  private static final String PACKAGE = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
  private static final String OR_BOOL = PACKAGE + "JSONSchemaPropsOrBool";
  private static final String OR_ARRAY = PACKAGE + "JSONSchemaPropsOrArray";
  private static final String OR_TEXTS = PACKAGE + "JSONSchemaPropsOrStringArray";

  private SchemaUnion() {}

  static boolean isOne(SchemaNode node) {
    return switch (node.typeName()) {
      case OR_BOOL, OR_ARRAY, OR_TEXTS -> true;
      default -> false;
    };
  }

  /// @param schema the type that has the place, which is that of a schema
  /// @param place as messages tell it
  static Json shape(SchemaNode node, Json value, SchemaNode schema, DocumentStep place) {
    boolean texts = node.typeName().equals(OR_TEXTS);
    return switch (value) {
      case JsonObject object -> Canonicalizer.structureAt(schema, object, place);
      case JsonArray list when node.typeName().equals(OR_ARRAY) -> {
        JsonArray shaped = new JsonArray();
        for (Json item : list) {
          shaped.add(
              item instanceof JsonObject object
                  ? Canonicalizer.structureAt(schema, object, place)
                  : item);
        }
        yield shaped;
      }
      case Json.Bool _ when node.typeName().equals(OR_BOOL) -> value;
      case JsonArray _ when texts -> value;
      case JsonArray _, Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {
        if (node.typeName().equals(OR_BOOL) && !(value instanceof Json.Null)) {
          throw new Undecodable("boolean or JSON schema expected");
        }
        yield value;
      }
    };
  }
}
