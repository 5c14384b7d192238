package dev.pintle.kube.definition;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.instance.CustomResourceCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The warnings of what a definition says in vain. An update is told only of what is new.
final class Warnings {
  private Warnings() {}

  static List<String> of(DefinitionSpec spec, @Nullable DefinitionSpec old) {
    List<String> warnings = new ArrayList<>();
    List<String> before = old == null ? List.of() : formats(old);
    for (String format : formats(spec)) {
      if (!before.contains(format)) {
        warnings.add("unrecognized format \"%s\"".formatted(format));
      }
    }
    Set<String> sets = sets(spec);
    if (old != null) {
      sets.removeAll(sets(old));
    }
    warnings.addAll(sets);
    return warnings;
  }

  private static List<String> formats(DefinitionSpec spec) {
    List<String> formats = new ArrayList<>();
    for (JsonSchemaProps root : spec.schemas()) {
      SchemaWalk.each(
          root,
          schema -> {
            if (!schema.text("format").isEmpty()
                && !CustomResourceCheck.checksFormat(SchemaReader.read(schema.json()))) {
              formats.add(schema.text("format"));
            }
          });
    }
    return formats;
  }

  private static Set<String> sets(DefinitionSpec spec) {
    Set<String> warnings = new TreeSet<>();
    for (JsonSchemaProps root : spec.schemas()) {
      SchemaWalk.each(
          root,
          schema -> {
            JsonSchemaProps items = schema.items();
            if (schema.listType().equals("set")
                && items != null
                && List.of("object", "array").contains(items.type())) {
              warnings.add(
                  "x-kubernetes-list-type: set for items of type \"%s\" is not supported by server-side apply or CEL validation rules"
                      .formatted(items.type()));
            }
          });
    }
    return warnings;
  }
}
