package dev.pintle.kube.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A walk over all parts of a schema.
final class SchemaWalk {
  private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf", "items");
  private static final List<String> MAPS =
      List.of("properties", "patternProperties", "definitions", "dependencies");
  private static final List<String> SINGLE =
      List.of("items", "not", "additionalProperties", "additionalItems");

  private SchemaWalk() {}

  static boolean any(JsonSchemaProps schema, Predicate<JsonSchemaProps> wanted) {
    List<JsonSchemaProps> hits = new ArrayList<>(1);
    each(
        schema,
        one -> {
          if (wanted.test(one)) {
            hits.add(one);
          }
        });
    return !hits.isEmpty();
  }

  static void each(JsonSchemaProps schema, Consumer<JsonSchemaProps> visitor) {
    visitor.accept(schema);
    for (String name : SINGLE) {
      JsonSchemaProps part = JsonSchemaProps.of(schema.json().get(name));
      if (part != null) {
        each(part, visitor);
      }
    }
    LISTS.forEach(name -> schema.list(name).forEach(part -> each(part, visitor)));
    MAPS.forEach(name -> schema.map(name).values().forEach(part -> each(part, visitor)));
  }
}
