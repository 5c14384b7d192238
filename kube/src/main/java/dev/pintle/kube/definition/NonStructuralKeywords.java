package dev.pintle.kube.definition;

import dev.pintle.kube.object.JsonArray;
import java.util.ArrayList;
import java.util.List;

/// Words of OpenAPI that no structural schema can have.
final class NonStructuralKeywords {
  private static final List<String> TEXTS = List.of("id", "$schema", "$ref");
  private static final List<String> PARTS =
      List.of("patternProperties", "dependencies", "additionalItems", "definitions");

  private NonStructuralKeywords() {}

  /// Why a schema cannot even be read as a structural one; empty when it can.
  static String why(JsonSchemaProps schema) {
    List<String> reasons = new ArrayList<>();
    SchemaWalk.each(schema, part -> collect(part, reasons));
    return reasons.isEmpty() ? "" : reasons.getFirst();
  }

  private static void collect(JsonSchemaProps part, List<String> reasons) {
    for (String word : TEXTS) {
      if (!part.text(word).isEmpty()) {
        reasons.add(unsupported(word.equals("$schema") ? "schema" : word));
      }
    }
    for (String word : PARTS) {
      if (part.has(word) || (word.equals("additionalItems") && part.isFalse(word))) {
        reasons.add(unsupported(word));
      }
    }
    if (part.isFalse("x-kubernetes-preserve-unknown-fields")) {
      reasons.add(
          "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined");
    }
    if (part.json().get("items") instanceof JsonArray list && !list.isEmpty()) {
      reasons.add("OpenAPIV3Schema 'items' must be a schema, but is an array");
    }
  }

  private static String unsupported(String word) {
    return "OpenAPIV3Schema '%s' is not supported".formatted(word);
  }
}
