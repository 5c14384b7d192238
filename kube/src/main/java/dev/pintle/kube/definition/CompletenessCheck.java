package dev.pintle.kube.definition;

import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whatever a restriction speaks of must be there in the structure.
final class CompletenessCheck {
  private final Findings found;

  private CompletenessCheck(Findings found) {
    this.found = found;
  }

  static void check(Props schema, FieldPath path, Findings found) {
    new CompletenessCheck(found).values(schema, schema, path, path);
  }

  /// @param values what restricts
  /// @param structure what it restricts
  private void values(Props values, Props structure, FieldPath path, FieldPath valuesPath) {
    Props not = values.not();
    if (not != null) {
      nested(not, structure, path, valuesPath.child("not"));
    }
    for (String word : List.of("allOf", "anyOf", "oneOf")) {
      List<Props> parts = values.list(word);
      for (int i = 0; i < parts.size(); i++) {
        nested(parts.get(i), structure, path, valuesPath.child(word).index(i));
      }
    }
  }

  private void nested(
      Props values, @Nullable Props structure, FieldPath path, FieldPath valuesPath) {
    if (structure == null) {
      found.required(path, "because it is defined in " + valuesPath);
      return;
    }
    values(values, structure, path, valuesPath);
    Props items = values.items();
    if (items != null) {
      nested(items, structure.items(), path.child("items"), valuesPath.child("items"));
    }
    Map<String, Props> known = structure.properties();
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
