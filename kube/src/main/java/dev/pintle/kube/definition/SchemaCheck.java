package dev.pintle.kube.definition;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.instance.DefaultValueCheck;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;

/// The check of one schema of a definition: the root, its structure, its defaults, and the words that it uses.
final class SchemaCheck {
  // What may stand beside properties at a root whose status is checked by itself.
  private static final List<String> ROOT_FIELDS =
      List.of(
          "Description",
          "Type",
          "Format",
          "Title",
          "Maximum",
          "ExclusiveMaximum",
          "Minimum",
          "ExclusiveMinimum",
          "MaxLength",
          "MinLength",
          "Pattern",
          "MaxItems",
          "MinItems",
          "UniqueItems",
          "MultipleOf",
          "Required",
          "Items",
          "Properties",
          "ExternalDocs",
          "Example",
          "XPreserveUnknownFields",
          "XValidations");

  private SchemaCheck() {}

  /// @param status whether status is a subresource
  /// @param type of definitions
  /// @param unchanged whether an update leaves the schema as it was
  static void check(
      ResourceType type,
      JsonSchemaProps schema,
      boolean status,
      boolean unchanged,
      FieldPath path,
      DefinitionErrors all) {
    DefinitionErrors found = new DefinitionErrors();
    FieldPath place = path.child("openAPIV3Schema");
    if (status) {
      root(schema, path, found);
    }
    if (schema.isTrue("nullable")) {
      found.forbidden(
          path.child("openAPIV3Schema.nullable"), "nullable cannot be true at the root");
    }
    String unreadable = NonStructuralKeywords.why(schema);
    boolean sound = false;
    if (unreadable.isEmpty()) {
      sound = structure(type, schema, place, found);
    }
    RuleCosts costs = new RuleCosts(unchanged);
    RuleContext rules = sound ? RuleContext.ofRoot(SchemaReader.read(schema.json()), costs) : null;
    found.addAll(KeywordCheck.check(schema, place, rules).errors());
    if (found.isEmpty() && !unreadable.isEmpty()) {
      found.invalid(place, "", unreadable);
    }
    costs.check(place, found);
    all.addAll(found.errors());
  }

  /// Whether nothing is wrong with the structure and the defaults.
  private static boolean structure(
      ResourceType type, JsonSchemaProps schema, FieldPath place, DefinitionErrors found) {
    DefinitionErrors structural = StructuralCheck.check(schema, place);
    found.addAll(structural.errors());
    if (!structural.isEmpty()) {
      return false;
    }
    DefinitionErrors defaults = DefaultsCheck.check(schema, place, new DefaultValueCheck(type));
    found.addAll(defaults.errors());
    return defaults.isEmpty();
  }

  private static void root(JsonSchemaProps schema, FieldPath path, DefinitionErrors found) {
    for (String field : InternalForm.setFields(schema)) {
      if (field.equals("Type")) {
        if (!schema.type().equals("object")) {
          found.invalid(
              path.child("openAPIV3Schema.type"),
              schema.type(),
              "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled");
          return;
        }
      } else if (!ROOT_FIELDS.contains(field)) {
        found.invalid(
            path.child("openAPIV3Schema"),
            InternalForm.schema(schema),
            "only [%s] fields are allowed at the root of the schema if the status subresource is enabled"
                .formatted(String.join(" ", ROOT_FIELDS)));
        return;
      }
    }
  }
}
