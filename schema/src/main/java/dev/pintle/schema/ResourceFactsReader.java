package dev.pintle.schema;

import dev.pintle.schema.ResourceDef.SubresourceDef;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The application of what the tables say of resources to what the operations gave.
final class ResourceFactsReader {
  private static final int COLUMN_WORDS = 6;

  private ResourceFactsReader() {}

  static void apply(GroupFacts table, Map<String, ResourceDef> resources) {
    for (ResourceDef resource : resources.values()) {
      resource.singular = resource.kind.toLowerCase(Locale.ROOT);
      resource.prefix = resource.plural;
      resource.storedKind = "%s/%s/%s".formatted(table.group, table.version, resource.kind);
    }
    table.resources.forEach((plural, facts) -> {
      ResourceDef resource = resources.get(plural);
      if (resource == null) {
        throw facts.head().wrong("a resource that the API classes name");
      }
      facts.facts().forEach(line -> apply(resource, line));
    });
  }

  private static void apply(ResourceDef resource, FactLine line) {
    switch (line.first()) {
      case "short" -> resource.shortNames = line.rest();
      case "categories" -> resource.categories = line.rest();
      case "verbs" -> replaceVerbs(resource, line);
      case "kept" -> resource.prefix = line.word(1);
      case "stored" -> resource.storedKind = "%s/%s".formatted(line.word(1), resource.kind);
      case "generation" -> resource.generation = true;
      case "scale" -> resource.scale = List.copyOf(line.rest());
      case "create-on-update" -> resource.createOnUpdate = true;
      case "status-on-create" -> resource.statusOnCreate = true;
      case "subresource" -> subresource(resource, line);
      case "label" -> resource.labels.add(label(line));
      case "column" -> resource.columns.add(column(line));
      default -> throw line.wrong("a fact of a resource");
    }
  }

  private static void replaceVerbs(ResourceDef resource, FactLine line) {
    resource.verbs.clear();
    line.rest().forEach(word -> resource.verbs.add(VerbWord.of(word)));
  }

  /// `subresource NAME KIND [VERB…]`, KIND as `group/version/Kind` or `/v1/Kind` for the core
  /// group.
  private static void subresource(ResourceDef resource, FactLine line) {
    SubresourceDef made =
        resource.subresources.computeIfAbsent(line.word(1), _ -> new SubresourceDef());
    String[] kind = line.word(2).split("/", -1);
    made.group = kind[0];
    made.version = kind[1];
    made.kind = kind[2];
    line.words().subList(3, line.words().size()).forEach(word -> made.verbs.add(VerbWord.of(word)));
  }

  /// `label NAME [PATH [ABSENT]]`
  private static List<String> label(FactLine line) {
    String name = line.word(1);
    String path = line.words().size() > 2 ? line.word(2) : name;
    return List.of(name, path, line.words().size() > 3 ? line.word(3) : "");
  }

  /// `column NAME TYPE FORMAT PRIORITY EXPRESSION DESCRIPTION`
  private static List<String> column(FactLine line) {
    if (line.rest().size() != COLUMN_WORDS) {
      throw line.wrong("column NAME TYPE FORMAT PRIORITY EXPRESSION DESCRIPTION");
    }
    return List.copyOf(line.rest());
  }
}
