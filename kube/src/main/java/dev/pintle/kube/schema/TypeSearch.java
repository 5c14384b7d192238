package dev.pintle.kube.schema;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// The search of the graph below a node for types, by their names in OpenAPI's definitions.
public final class TypeSearch {
  private TypeSearch() {}

  /// Whether a type that is `wanted` lies at or below `node`.
  public static boolean reaches(SchemaNode node, Predicate<String> wanted) {
    return reaches(node, wanted, new HashSet<>());
  }

  /// @param seen keeps circles from being walked twice
  private static boolean reaches(SchemaNode node, Predicate<String> wanted, Set<String> seen) {
    return switch (node.kind()) {
      case LIST, MAP -> node.hasItems() && reaches(node.items(), wanted, seen);
      case OBJECT ->
          wanted.test(node.typeName())
              || (seen.add(node.typeName()) && anyField(node, wanted, seen));
      case TEXT,
          INT32,
          INT64,
          DOUBLE,
          BOOLEAN,
          BYTES,
          TIME,
          MICRO_TIME,
          QUANTITY,
          INT_OR_STRING,
          ANY ->
          false;
    };
  }

  private static boolean anyField(SchemaNode node, Predicate<String> wanted, Set<String> seen) {
    for (Field field : node.fields()) {
      if (reaches(field.node(), wanted, seen)) {
        return true;
      }
    }
    return false;
  }
}
