package dev.pintle.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The wording of columns: one whose description is a reference (`@PodSpec.nodeName`) gets the description of that
/// field.
final class Wording {
  private static final int DESCRIPTION = 5;

  private final Map<String, TypeDef> types;

  Wording(Map<String, TypeDef> types) {
    this.types = types;
  }

  void resolve(ResourceDef resource) {
    resource.columns.replaceAll(column -> resolved(resource, column));
  }

  private List<String> resolved(ResourceDef resource, List<String> column) {
    String description = column.get(DESCRIPTION);
    if (!description.startsWith("@")) {
      return column;
    }
    int dot = description.lastIndexOf('.');
    String type = "." + description.substring(1, dot);
    String field = description.substring(dot + 1);
    String own = resource.rootType.substring(0, resource.rootType.lastIndexOf('.')) + type;
    FieldDef found =
        Stream.concat(
                Stream.ofNullable(types.get(own)),
                types.values().stream().filter(t -> t.name.endsWith(type)))
            .flatMap(t -> Stream.ofNullable(t.field(field)))
            // Of fields that are structures the client libraries tell nothing.
            .filter(f -> !f.description.isEmpty())
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "column of %s: %s (expected: a field that is described)"
                        .formatted(resource.plural, description)));
    List<String> changed = new ArrayList<>(column);
    changed.set(DESCRIPTION, found.description.stripTrailing());
    return List.copyOf(changed);
  }
}
