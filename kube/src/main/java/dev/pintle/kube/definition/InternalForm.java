package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parts of a definition as messages show them: under the names that the server's own structures have in Go, with every
/// field there, and without what all versions say alike.
final class InternalForm {
  // Each field: its name in Go, its name in JSON, and what it is when absent.
  private static final List<String> SCHEMA =
      List.of(
          "ID id text",
          "Schema $schema text",
          "Ref $ref null",
          "Description description text",
          "Type type text",
          "Nullable nullable false",
          "Format format text",
          "Title title text",
          "Default default value",
          "Maximum maximum value",
          "ExclusiveMaximum exclusiveMaximum false",
          "Minimum minimum value",
          "ExclusiveMinimum exclusiveMinimum false",
          "MaxLength maxLength value",
          "MinLength minLength value",
          "Pattern pattern text",
          "MaxItems maxItems value",
          "MinItems minItems value",
          "UniqueItems uniqueItems false",
          "MultipleOf multipleOf value",
          "Enum enum value",
          "MaxProperties maxProperties value",
          "MinProperties minProperties value",
          "Required required value",
          "Items items items",
          "AllOf allOf schemas",
          "OneOf oneOf schemas",
          "AnyOf anyOf schemas",
          "Not not schema",
          "Properties properties map",
          "AdditionalProperties additionalProperties allowed",
          "PatternProperties patternProperties map",
          "Dependencies dependencies value",
          "AdditionalItems additionalItems allowed",
          "Definitions definitions map",
          "ExternalDocs externalDocs value",
          "Example example value",
          "XPreserveUnknownFields x-kubernetes-preserve-unknown-fields value",
          "XEmbeddedResource x-kubernetes-embedded-resource false",
          "XIntOrString x-kubernetes-int-or-string false",
          "XListMapKeys x-kubernetes-list-map-keys value",
          "XListType x-kubernetes-list-type value",
          "XMapType x-kubernetes-map-type value",
          "XValidations x-kubernetes-validations rules");
  private static final List<String> RULE =
      List.of(
          "Rule rule text",
          "Message message text",
          "MessageExpression messageExpression text",
          "Reason reason value",
          "FieldPath fieldPath text",
          "OptionalOldSelf optionalOldSelf value");
  private static final List<String> COLUMN =
      List.of(
          "Name name text",
          "Type type text",
          "Format format text",
          "Description description text",
          "Priority priority number",
          "JSONPath jsonPath text");
  private static final List<String> SCALE =
      List.of(
          "SpecReplicasPath specReplicasPath text",
          "StatusReplicasPath statusReplicasPath text",
          "LabelSelectorPath labelSelectorPath value");

  private InternalForm() {}

  static Json versions(DefinitionSpec spec) {
    if (!(spec.props().json().get("versions") instanceof JsonArray)) {
      return Json.NULL;
    }
    JsonArray list = new JsonArray();
    spec.versions().forEach(version -> list.add(version(spec, version)));
    return list;
  }

  private static JsonObject version(DefinitionSpec spec, JsonSchemaProps version) {
    Json warning = version.json().get("deprecationWarning");
    return new JsonObject()
        .set("Name", version.text("name"))
        .set("Served", Json.of(version.isTrue("served")))
        .set("Storage", Json.of(version.isTrue("storage")))
        .set("Deprecated", Json.of(version.isTrue("deprecated")))
        .set("DeprecationWarning", warning == null ? Json.NULL : warning)
        .set("Schema", holder(spec.own(version, "schema")))
        .set("Subresources", subresources(spec.own(version, "subresources")))
        .set(
            "AdditionalPrinterColumns",
            records(spec.own(version, "additionalPrinterColumns"), COLUMN))
        .set(
            "SelectableFields",
            records(spec.own(version, "selectableFields"), List.of("JSONPath jsonPath text")));
  }

  private static Json holder(@Nullable Json schema) {
    if (schema == null) {
      return Json.NULL;
    }
    JsonSchemaProps props = DefinitionSpec.schemaIn(schema);
    return new JsonObject().set("OpenAPIV3Schema", props == null ? Json.NULL : schema(props));
  }

  private static Json subresources(@Nullable Json value) {
    if (!(value instanceof JsonObject object)) {
      return Json.NULL;
    }
    JsonSchemaProps scale = JsonSchemaProps.of(object.get("scale"));
    return new JsonObject()
        .set("Status", object.object("status") == null ? Json.NULL : new JsonObject())
        .set("Scale", scale == null ? Json.NULL : structure(scale, SCALE));
  }

  private static Json records(@Nullable Json value, List<String> fields) {
    if (!(value instanceof JsonArray list)) {
      return Json.NULL;
    }
    JsonArray shown = new JsonArray();
    for (Json item : list) {
      if (item instanceof JsonObject object) {
        shown.add(structure(new JsonSchemaProps(object), fields));
      }
    }
    return shown;
  }

  static JsonObject schema(JsonSchemaProps schema) {
    return structure(schema, SCHEMA);
  }

  /// One rule of `x-kubernetes-validations`.
  static JsonObject rule(JsonSchemaProps rule) {
    return structure(rule, RULE);
  }

  /// The fields of a schema that are set, by their names in Go and in its order.
  static List<String> setFields(JsonSchemaProps schema) {
    List<String> names = new ArrayList<>();
    for (String field : SCHEMA) {
      String[] words = field.split(" ", -1);
      if (schema.has(words[1])) {
        names.add(words[0]);
      }
    }
    return names;
  }

  private static JsonObject structure(JsonSchemaProps props, List<String> fields) {
    JsonObject shown = new JsonObject();
    for (String field : fields) {
      String[] words = field.split(" ", -1);
      shown.set(words[0], field(props, words[1], words[2]));
    }
    return shown;
  }

  private static Json field(JsonSchemaProps props, String name, String form) {
    Json value = props.json().get(name);
    return switch (form) {
      case "text" -> Json.of(props.text(name));
      case "false" -> Json.of(props.isTrue(name));
      case "number" -> value == null ? Json.of(0) : value;
      case "schemas" -> value instanceof JsonArray list ? schemas(list) : Json.NULL;
      case "schema" ->
          value instanceof JsonObject object ? schema(new JsonSchemaProps(object)) : Json.NULL;
      case "rules" -> records(value, RULE);
      case "map" -> value instanceof JsonObject map ? map(map) : Json.NULL;
      case "items" -> items(value);
      case "allowed" -> allowed(value);
      default -> value == null ? Json.NULL : value;
    };
  }

  private static Json schemas(JsonArray list) {
    JsonArray shown = new JsonArray();
    for (Json item : list) {
      shown.add(
          item instanceof JsonObject object ? schema(new JsonSchemaProps(object)) : Json.NULL);
    }
    return shown;
  }

  private static Json map(JsonObject map) {
    List<JsonObject.Field> fields = new ArrayList<>();
    map.forEach(fields::add);
    fields.sort(Comparator.comparing(JsonObject.Field::name));
    JsonObject shown = new JsonObject();
    for (JsonObject.Field field : fields) {
      shown.set(
          field.name(),
          field.value() instanceof JsonObject object
              ? schema(new JsonSchemaProps(object))
              : Json.NULL);
    }
    return shown;
  }

  /// What `items` says: one schema, one for each place, or nothing that could be read as either.
  static Json items(@Nullable Json value) {
    return switch (value) {
      case JsonObject object ->
          new JsonObject()
              .set("Schema", schema(new JsonSchemaProps(object)))
              .set("JSONSchemas", Json.NULL);
      case JsonArray list ->
          new JsonObject().set("Schema", Json.NULL).set("JSONSchemas", schemas(list));
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ ->
          new JsonObject().set("Schema", Json.NULL).set("JSONSchemas", Json.NULL);
      case null -> Json.NULL;
      case Json.Null _ -> Json.NULL;
    };
  }

  private static Json allowed(@Nullable Json value) {
    return switch (value) {
      case JsonObject object ->
          new JsonObject()
              .set("Allows", Json.of(true))
              .set("Schema", schema(new JsonSchemaProps(object)));
      case Json.Bool bool -> new JsonObject().set("Allows", bool).set("Schema", Json.NULL);
      case null -> Json.NULL;
      case JsonArray _, Json.Text _, Json.Whole _, Json.Decimal _, Json.Null _ -> Json.NULL;
    };
  }
}
