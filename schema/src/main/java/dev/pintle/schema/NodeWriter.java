package dev.pintle.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The writer of definitions, and of the nameless nodes between them, as numbered records.
final class NodeWriter {
  private static final List<String> LIST_TYPES = List.of("", "atomic", "set", "map");
  private static final List<String> STRATEGIES = List.of("merge", "replace", "retainKeys");

  private final TextPool texts;
  private final TextPool descriptions;
  private final Map<String, TypeDef> types;
  private final List<byte[]> records = new ArrayList<>();
  private final Map<String, Integer> definitions = new HashMap<>();
  private final Map<List<Byte>, Integer> nameless = new HashMap<>();

  NodeWriter(TextPool texts, TextPool descriptions, Map<String, TypeDef> types) {
    this.texts = texts;
    this.descriptions = descriptions;
    this.types = types;
  }

  List<byte[]> records() {
    return records;
  }

  /// The number of a definition; what it refers to is written on the way.
  int definition(String name) {
    Integer known = definitions.get(name);
    if (known != null) {
      return known;
    }
    TypeDef type = types.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "definition: %s (expected: defined by the libraries or a table)".formatted(name));
    }
    int number = records.size();
    definitions.put(name, number);
    records.add(new byte[0]);
    records.set(number, object(type, new Ownership("", List.of(), type.atomic)));
    return number;
  }

  private byte[] object(TypeDef type, Ownership ownership) {
    PackedRecordWriter out = head(type.word, type.name, ownership, List.of());
    out.number(0);
    out.number(descriptions.number(type.description)).number(type.fields.size());
    for (FieldDef field : type.fields) {
      field(out, field);
    }
    return out.bytes();
  }

  private PackedRecordWriter head(
      ValueWord word, String name, Ownership ownership, List<String> enumeration) {
    PackedRecordWriter out = new PackedRecordWriter(texts).number(word.code()).text(name);
    out.number(LIST_TYPES.indexOf(ownership.listType()))
        .texts(ownership.mapKeys())
        .flag(ownership.atomic());
    return out.texts(enumeration);
  }

  private void field(PackedRecordWriter out, FieldDef field) {
    out.text(field.name).number(node(field)).number(field.presence.code()).flag(field.required);
    int strategies = 0;
    for (String strategy : field.patchStrategies) {
      strategies |= 1 << STRATEGIES.indexOf(strategy);
    }
    out.number(strategies).text(field.mergeKey).number(field.protoPath.size());
    field.protoPath.forEach(out::number);
    out.text(field.defaultValue).number(descriptions.number(field.description));
  }

  private int node(FieldDef field) {
    Ownership ownership = new Ownership(field.listType, List.copyOf(field.mapKeys), field.atomic);
    if (field.granular && field.shape instanceof Shape.Ref(var name)) {
      return twin(name, ownership);
    }
    return node(field.shape, ownership, List.copyOf(field.enumeration));
  }

  private int node(Shape shape, Ownership ownership, List<String> enumeration) {
    return switch (shape) {
      case Shape.Value(var word) ->
          nameless(head(word, "", ownership, enumeration).number(0).number(0).number(0).bytes());
      case Shape.Many(var items, var wrapper) ->
          container(new Container(ValueWord.LIST, wrapper), items, ownership, enumeration);
      case Shape.Named(var values) ->
          container(new Container(ValueWord.MAP, ""), values, ownership, enumeration);
      case Shape.Ref(var name) -> ownership.atomic() ? twin(name, ownership) : definition(name);
    };
  }

  /// The kind of thing that holds values, and the message that wraps it in protobuf, or empty.
  private record Container(ValueWord word, String wrapper) {}

  private int container(
      Container container, Shape items, Ownership ownership, List<String> enumeration) {
    int inner = node(items, Ownership.NONE, enumeration);
    return nameless(
        head(container.word(), container.wrapper(), ownership, List.of())
            .number(inner + 1)
            .number(0)
            .number(0)
            .bytes());
  }

  /// A definition whose parts are owned differently in one place.
  private int twin(String name, Ownership ownership) {
    definition(name);
    TypeDef type = types.get(name);
    return type == null ? 0 : nameless(object(type, ownership));
  }

  private int nameless(byte[] record) {
    List<Byte> key = new ArrayList<>(record.length);
    for (byte b : record) {
      key.add(b);
    }
    return nameless.computeIfAbsent(
        key,
        _ -> {
          records.add(record);
          return records.size() - 1;
        });
  }

  private record Ownership(String listType, List<String> mapKeys, boolean atomic) {
    static final Ownership NONE = new Ownership("", List.of(), false);
  }
}
