package dev.pintle.schema;

import dev.pintle.schema.FieldDef.Presence;
import dev.pintle.schema.GroupFacts.TypeFacts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The application of what the tables say of types and fields to the definitions that the libraries gave.
final class TypeFactsReader {
  private static final String AFTER = "after=";
  private static final String PARAGRAPHS = "paragraphs=";

  private final Map<String, TypeDef> types;
  private final Packages packages;

  TypeFactsReader(Map<String, TypeDef> types, Packages packages) {
    this.types = types;
    this.packages = packages;
  }

  void apply(GroupFacts table) {
    for (TypeFacts facts : table.types) {
      TypeDef type = type(table, facts.head());
      for (FactLine line : facts.fields()) {
        field(table, type, line);
      }
    }
  }

  /// Types that tables add must exist before fields of other tables name them.
  void declare(GroupFacts table) {
    for (TypeFacts facts : table.types) {
      String name = packages.definition(table.protoPackage, facts.head().word(1));
      if (facts.head().words().contains("new")) {
        types.put(name, new TypeDef(name, ValueWord.OBJECT));
      }
    }
  }

  private TypeDef type(GroupFacts table, FactLine head) {
    // A whole name is that of a type whose package has no table.
    String word = head.word(1);
    TypeDef type =
        types.get(word.indexOf('.') < 0 ? packages.definition(table.protoPackage, word) : word);
    if (type == null) {
      throw head.wrong("a type that the libraries define, or 'new'");
    }
    for (String fact : head.words().subList(2, head.words().size())) {
      switch (fact) {
        case "new" -> {}
        case "atomic" -> type.atomic = true;
        case "any" -> type.word = ValueWord.ANY;
        case "object" -> type.word = ValueWord.OBJECT;
        default -> {
          boolean breaks = fact.startsWith(PARAGRAPHS);
          type.description =
              breaks
                  ? CommentText.of(
                      type.comment, Arrays.asList(fact.substring(PARAGRAPHS.length()).split(",")))
                  : fact;
        }
      }
    }
    return type;
  }

  private void field(GroupFacts table, TypeDef type, FactLine line) {
    String first = line.first();
    if (first.startsWith("-")) {
      type.fields.remove(existing(type, line, first.substring(1)));
      return;
    }
    boolean added = first.startsWith("+");
    FieldDef field = added ? added(table, type, line) : existing(type, line, first);
    for (String word : line.words().subList(added ? 2 : 1, line.words().size())) {
      if (word.equals("first")) {
        type.moves.add(new TypeDef.Move(field, ""));
      } else if (word.startsWith(AFTER)) {
        String before = existing(type, line, word.substring(AFTER.length())).name;
        type.moves.add(new TypeDef.Move(field, before));
      } else {
        fact(field, line, word);
      }
    }
  }

  private FieldDef added(GroupFacts table, TypeDef type, FactLine line) {
    FieldDef field =
        new FieldDef(
            line.first().substring(1),
            new ShapeWords(packages, table, types).read(line.word(1), line));
    type.fields.add(field);
    field.presence = Presences.byRule(field, types);
    return field;
  }

  private static FieldDef existing(TypeDef type, FactLine line, String name) {
    FieldDef field = type.field(name);
    if (field == null) {
      throw line.wrong("a field of " + type.name);
    }
    return field;
  }

  private static void fact(FieldDef field, FactLine line, String word) {
    int equals = word.indexOf('=');
    if (equals < 0) {
      plain(field, line, word);
    } else {
      valued(field, line, word.substring(0, equals), word.substring(equals + 1));
    }
  }

  private static void plain(FieldDef field, FactLine line, String word) {
    switch (word) {
      case "pointer" -> field.presence = Presence.POINTER;
      case "value" -> field.presence = Presence.OMIT_EMPTY;
      case "omitzero" -> field.presence = Presence.OMIT_ZERO;
      case "always" -> field.presence = Presence.ALWAYS;
      case "nullable" -> field.presence = Presence.NULLABLE;
      case "required" -> field.required = true;
      case "optional" -> field.required = false;
      case "atomic" -> field.atomic = true;
      case "granular" -> field.granular = true;
      case "set" -> field.listType = "set";
      default ->
          throw line.wrong(
              "pointer, value, omitzero, always, nullable, required, optional, atomic, granular or set, not "
                  + word);
    }
  }

  private static void valued(FieldDef field, FactLine line, String name, String value) {
    List<String> parts = Arrays.asList(value.split(","));
    switch (name) {
      case "list" -> field.listType = value;
      case "keys" -> field.mapKeys.addAll(parts);
      case "patch" -> field.patchStrategies.addAll(parts);
      case "merge" -> field.mergeKey = value;
      case "default" -> field.defaultValue = literal(field, value);
      case "enum" -> field.enumeration.addAll(parts);
      case "about" -> field.description = value;
      case "paragraphs" -> field.description = CommentText.of(field.comment, parts);
      case "proto" ->
          field.protoPath = Arrays.stream(value.split("\\.")).map(Integer::valueOf).toList();
      default ->
          throw line.wrong(
              "list, keys, patch, merge, default, enum, about, paragraphs or proto, not " + name);
    }
  }

  /// JSON, where text needs no quotes in a table.
  private static String literal(FieldDef field, String value) {
    boolean text = field.shape instanceof Shape.Value(var word) && word == ValueWord.TEXT;
    return text ? '"' + value + '"' : value;
  }
}
