package dev.pintle.kube.definition;

import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The check that a schema is structural: whatever a restriction speaks of must be there in the structure.
final class CompletenessCheck {
  private final DefinitionErrors found;

  private CompletenessCheck(DefinitionErrors found) {
    this.found = found;
  }

  static void check(JsonSchemaProps schema, FieldPath path, DefinitionErrors found) {
    new CompletenessCheck(found).values(schema, schema, path, path);
  }

  /// @param values what restricts
  /// @param structure what it restricts
  private void values(
      JsonSchemaProps values, JsonSchemaProps structure, FieldPath path, FieldPath valuesPath) {
    JsonSchemaProps not = values.not();
    if (not != null) {
      nested(not, structure, path, valuesPath.child("not"));
    }
    for (String word : List.of("allOf", "anyOf", "oneOf")) {
      List<JsonSchemaProps> parts = values.list(word);
      for (int i = 0; i < parts.size(); i++) {
        nested(parts.get(i), structure, path, valuesPath.child(word).index(i));
      }
    }
  }

  private void nested(
      JsonSchemaProps values,
      @Nullable JsonSchemaProps structure,
      FieldPath path,
      FieldPath valuesPath) {
    if (structure == null) {
      found.required(path, "because it is defined in " + valuesPath);
      return;
    }
    values(values, structure, path, valuesPath);
    JsonSchemaProps items = values.items();
    if (items != null) {
      nested(items, structure.items(), path.child("items"), valuesPath.child("items"));
    }
    Map<String, JsonSchemaProps> known = structure.properties();
    values
        .properties()
        .forEach((name, property) ->
            nested(
                property,
                known.get(name),
                path.child("properties").key(name),
                valuesPath.child("properties").key(name)));
  }
}
