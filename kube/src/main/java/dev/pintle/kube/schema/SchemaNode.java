package dev.pintle.kube.schema;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The shape of a value at one place of an object. Immutable; the graph may contain circles, so its parts are looked up
/// when asked for, and looked up once.
public final class SchemaNode {
  /// Of which nothing is known.
  public static final SchemaNode ANYTHING = of(ValueKind.ANY);

  /// Of which a definition says that it may be anything, and nothing of what is in it: of objects nothing is kept.
  public static final SchemaNode OPEN = of(ValueKind.ANY);

  private final ValueKind kind;
  private final String typeName;
  private final Ownership ownership;
  private final ValueRules rules;
  private final Supplier<Parts> parts;
  private volatile @Nullable Parts loaded;
  private volatile @Nullable DerivedValue derived;

  /// The parts that a node consists of.
  ///
  /// @param fields of an object
  /// @param items what each item of a list or value of a map is, or null
  /// @param otherItems what each item is of a value that is a list although its kind is none, or each value of one that is
  ///     a map although its kind is a list; null where nothing is said of such values
  /// @param description in words, or empty
  public record Parts(
      FieldTable fields,
      @Nullable Supplier<SchemaNode> items,
      @Nullable Supplier<SchemaNode> otherItems,
      Supplier<String> description) {
    public static final Parts NONE = new Parts(FieldTable.EMPTY, null, () -> "");

    public Parts(
        FieldTable fields, @Nullable Supplier<SchemaNode> items, Supplier<String> description) {
      this(fields, items, null, description);
    }
  }

  /// The words of a node about itself, before its parts are looked at.
  ///
  /// @param typeName the name in OpenAPI's definitions, empty for a node that has none
  public record Head(ValueKind kind, String typeName, Ownership ownership, ValueRules rules) {}

  public SchemaNode(Head head, Supplier<Parts> parts) {
    this.kind = head.kind();
    this.typeName = head.typeName();
    this.ownership = head.ownership();
    this.rules = head.rules();
    this.parts = parts;
  }

  /// A value without parts.
  public static SchemaNode of(ValueKind kind) {
    return new SchemaNode(new Head(kind, "", Ownership.DEFAULT, ValueRules.NONE), () -> Parts.NONE);
  }

  /// A list or map of `items` about which nothing else is known.
  public static SchemaNode of(ValueKind kind, SchemaNode items) {
    Parts parts = new Parts(FieldTable.EMPTY, () -> items, () -> "");
    return new SchemaNode(new Head(kind, "", Ownership.DEFAULT, ValueRules.NONE), () -> parts);
  }

  /// An object of these fields about which nothing else is known.
  public static SchemaNode of(Field... fields) {
    Parts parts = new Parts(new FieldTable(List.of(fields)), null, () -> "");
    return new SchemaNode(
        new Head(ValueKind.OBJECT, "", Ownership.DEFAULT, ValueRules.NONE), () -> parts);
  }

  /// This node with another field below it, which is looked for in the items of lists and maps too; what is not there on the way is
  /// made.
  ///
  /// @param path the names of fields
  public SchemaNode with(List<String> path, SchemaNode put) {
    return ChangedNode.of(this, path, put);
  }

  /// This node without a field below it.
  ///
  /// @param path as in [#with]
  public SchemaNode without(List<String> path) {
    return ChangedNode.of(this, path, null);
  }

  /// The node below this one.
  ///
  /// @param path as in [#with]
  /// @throws IllegalArgumentException when there is none
  public SchemaNode at(List<String> path) {
    return ChangedNode.at(this, path);
  }

  public ValueKind kind() {
    return kind;
  }

  /// The name in OpenAPI's definitions, such as `io.k8s.api.core.v1.PodSpec`; empty for a node that
  /// has none.
  public String typeName() {
    return typeName;
  }

  public Ownership ownership() {
    return ownership;
  }

  public ValueRules rules() {
    return rules;
  }

  /// Whether Go holds a value of a built-in kind as a structure, which `omitempty` never leaves
  /// out: an object, and what only looks like text or a number in JSON.
  public boolean isStructure() {
    return switch (kind) {
      case OBJECT, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING -> true;
      case ANY -> !typeName.isEmpty();
      case MAP, LIST, TEXT, INT32, INT64, DOUBLE, BOOLEAN, BYTES -> false;
    };
  }

  public boolean preservesUnknownFields() {
    ValueRules.Extensions words = rules.extensions();
    boolean untyped = kind == ValueKind.ANY && words.unknownType().isEmpty();
    return (untyped && this != OPEN) || words.preserveUnknownFields();
  }

  /// The fields of an object; none for anything else.
  public FieldTable fields() {
    return parts().fields();
  }

  public @Nullable Field field(String name) {
    return parts().fields().find(name);
  }

  /// Whether free names are allowed beside or instead of fields, or, for a list, what it holds is
  /// known.
  public boolean hasItems() {
    return parts().items() != null;
  }

  /// What an item of a list or a value of a map is.
  public SchemaNode items() {
    Supplier<SchemaNode> items = parts().items();
    if (items == null) {
      throw new IllegalStateException("items of %s (expected: a list or a map)".formatted(this));
    }
    return items.get();
  }

  /// What an item is where the value is a list, whatever its kind; null where nothing is said of it.
  public @Nullable SchemaNode itemsOfList() {
    return got(kind == ValueKind.LIST ? parts().items() : parts().otherItems());
  }

  /// What a value of a free name is where the value is an object, whatever its kind; null where nothing is said of it.
  public @Nullable SchemaNode valuesOfObject() {
    return got(kind == ValueKind.LIST ? parts().otherItems() : parts().items());
  }

  private static @Nullable SchemaNode got(@Nullable Supplier<SchemaNode> node) {
    return node == null ? null : node.get();
  }

  public String description() {
    return parts().description().get();
  }

  /// What a user who works something out of nodes keeps beside this one, as long as it lives: one value of each type, made when
  /// first asked for, by more than one thread if need be.
  public <T> T derived(Class<T> type, Supplier<T> make) {
    T known = DerivedValue.find(derived, type);
    if (known != null) {
      return known;
    }
    T made = make.get();
    // Of two threads that add at once one is forgotten, and makes its value again.
    derived = new DerivedValue(type, made, derived);
    return made;
  }

  /// What [#derived(Class, Supplier)] keeps; null before it was asked for.
  public <T> @Nullable T derived(Class<T> type) {
    return DerivedValue.find(derived, type);
  }

  private Parts parts() {
    Parts now = loaded;
    if (now == null) {
      now = parts.get();
      loaded = now;
    }
    return now;
  }

  @Override
  public String toString() {
    return typeName.isEmpty() ? kind.name() : kind + " " + typeName;
  }
}
