package dev.pintle.kube.ownership;

import dev.pintle.kube.object.CompactTexts;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.ListType;
import dev.pintle.kube.schema.OmitPolicy;
import dev.pintle.kube.schema.PatchStrategy;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fineness in which a value at one place may be owned.
///
/// A value without a schema has the grain of what it is: the entries of an object have owners of their own, a list has one.
///
/// @param node what the value may be
/// @param field through which it was reached; null for an item, an entry of a map and the whole object. A list whose type is
///     not declared is merged as strategic patches merge it, which only the field knows
record MergeGranularity(SchemaNode node, @Nullable Field field) {
  private static final SchemaNode FREE = SchemaNode.of(ValueKind.ANY);
  private static final MergeGranularity UNKNOWN = new MergeGranularity(FREE, null);

  /// The kind of walk that a value asks for.
  enum Shape {
    /// One owner for all of it.
    LEAF,
    /// An owner for each entry.
    ENTRIES,
    /// An owner for each item, which is told by its value or by its key.
    ITEMS
  }

  static MergeGranularity of(SchemaNode node) {
    return new MergeGranularity(node, null);
  }

  /// The shape of `value` here; of `other` where there is no value that tells.
  Shape shape(@Nullable Json value, @Nullable Json other) {
    return switch (node.kind()) {
      case OBJECT, MAP -> node.ownership().atomic() ? Shape.LEAF : Shape.ENTRIES;
      case LIST -> isAtomicList() ? Shape.LEAF : Shape.ITEMS;
      case ANY -> {
        Json told = value == null || value instanceof Json.Null ? other : value;
        yield told instanceof JsonObject && !isOpaque() ? Shape.ENTRIES : Shape.LEAF;
      }
      case TEXT, INT32, INT64, DOUBLE, BOOLEAN, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING ->
          Shape.LEAF;
    };
  }

  Shape shape(Json value) {
    return shape(value, null);
  }

  /// Whether the schema itself, and not the value, says that there is one owner for all of it.
  boolean isDeclaredWhole() {
    return switch (node.kind()) {
      case OBJECT, MAP -> node.ownership().atomic();
      case LIST -> isAtomicList();
      case ANY,
          TEXT,
          INT32,
          INT64,
          DOUBLE,
          BOOLEAN,
          BYTES,
          TIME,
          MICRO_TIME,
          QUANTITY,
          INT_OR_STRING ->
          false;
    };
  }

  /// The set with the fields of structures on the way to its members as members too.
  FieldSet withFields(FieldSet set) {
    NodesOfLevel nodes = new NodesOfLevel();
    for (FieldSet.Node one : set.nodes()) {
      boolean isField = one.element() instanceof PathElement.Name(var name) && hasField(name);
      boolean member = one.member() || isField;
      nodes.add(
          new FieldSet.Node(one.element(), member, at(one.element()).withFields(one.children())));
    }
    return new FieldSet(nodes.list());
  }

  /// The set as a schema wants it that changed since: where it now declares one owner for a whole, the paths below become
  /// that one.
  FieldSet reconciled(FieldSet set) {
    NodesOfLevel nodes = new NodesOfLevel();
    for (FieldSet.Node one : set.nodes()) {
      MergeGranularity below = at(one.element());
      boolean joined = below.isDeclaredWhole() && !one.children().isEmpty();
      nodes.add(
          joined
              ? new FieldSet.Node(one.element(), true, FieldSet.EMPTY)
              : new FieldSet.Node(one.element(), one.member(), below.reconciled(one.children())));
    }
    return new FieldSet(nodes.list());
  }

  /// An object of another kind that is carried along has one owner.
  private boolean isOpaque() {
    return node.typeName().endsWith(".RawExtension") || node.ownership().atomic();
  }

  private boolean isAtomicList() {
    return switch (node.ownership().listType()) {
      case SET, MAP -> false;
      case ATOMIC -> true;
      case UNSPECIFIED -> !isMergedByPatches();
    };
  }

  private boolean isMergedByPatches() {
    return field != null && field.patchStrategies().contains(PatchStrategy.MERGE);
  }

  /// Whether `name` is a field of the schema rather than an entry of a map.
  boolean hasField(String name) {
    return node.field(name) != null;
  }

  /// Whether there may be an entry of this name.
  boolean allows(String name) {
    return hasField(name) || node.hasItems() || isFree();
  }

  private boolean isFree() {
    boolean open = node.kind() == ValueKind.OBJECT && node.fields().size() == 0;
    return open || node.preservesUnknownFields();
  }

  MergeGranularity entry(String name) {
    Field named = node.field(name);
    if (named != null) {
      return new MergeGranularity(named.node(), named);
    }
    return node.kind() != ValueKind.LIST && node.hasItems() ? of(node.items()) : UNKNOWN;
  }

  MergeGranularity item() {
    return node.hasItems() ? of(node.items()) : UNKNOWN;
  }

  /// The step to the entry or item that `element` names.
  MergeGranularity at(PathElement element) {
    return switch (element) {
      case PathElement.Name(var name) -> entry(name);
      case PathElement.Key _, PathElement.Value _, PathElement.Index _ -> item();
    };
  }

  /// What tells an item of this list from the others.
  ///
  /// @throws NoElement when it does not say
  PathElement element(Json item) throws NoElement {
    List<String> keys = keys();
    return keys.isEmpty() ? member(item) : keyed(item, keys);
  }

  /// The items of a set of many texts, each of which has one owner; null for every other list.
  @Nullable CompactTexts manyTexts(JsonArray list) {
    return list.onlyTexts() instanceof CompactTexts texts
            && keys().isEmpty()
            && item().shape(Json.of("")) == Shape.LEAF
        ? texts
        : null;
  }

  private List<String> keys() {
    if (node.ownership().listType() == ListType.MAP) {
      return node.ownership().mapKeys();
    }
    boolean declared = node.ownership().listType() != ListType.UNSPECIFIED;
    String key = declared || field == null ? null : field.patchMergeKey();
    return key == null ? List.of() : List.of(key);
  }

  private static PathElement member(Json item) throws NoElement {
    return switch (item) {
      case JsonObject _ ->
          throw new NoElement("associative list without keys has an element that's a map type");
      case JsonArray _ ->
          throw new NoElement("not supported: associative list with lists as elements");
      case Json.Null _ ->
          throw new NoElement(
              "associative list without keys has an element that's an explicit null");
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ -> new PathElement.Value(item);
    };
  }

  private PathElement keyed(Json item, List<String> keys) throws NoElement {
    if (!(item instanceof JsonObject object)) {
      String what = item instanceof Json.Null ? "a null element" : "non-map elements";
      throw new NoElement("associative list with keys may not have " + what);
    }
    List<PathElement.KeyField> fields = new ArrayList<>(keys.size());
    for (String key : keys) {
      Json value = object.get(key);
      Json known = value == null ? defaultOf(key) : value;
      if (known != null) {
        fields.add(new PathElement.KeyField(key, known));
      }
    }
    if (fields.isEmpty()) {
      throw new NoElement(
          "associative list with keys has an element that omits all key fields %s (and doesn't have default values for any key fields)"
              .formatted(quoted(keys)));
    }
    return PathElement.Key.of(fields);
  }

  private @Nullable Json defaultOf(String key) {
    Field part = item().node().field(key);
    if (part == null || part.defaultValue() != null) {
      return part == null ? null : part.defaultValue();
    }
    return part.omitPolicy() == OmitPolicy.ALWAYS ? zero(part.node().kind()) : null;
  }

  /// What Go holds where nothing was said and something is always written.
  private static @Nullable Json zero(ValueKind kind) {
    return switch (kind) {
      case TEXT -> Json.of("");
      case INT32, INT64, DOUBLE -> Json.of(0);
      case BOOLEAN -> Json.of(false);
      case OBJECT, MAP, LIST, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, ANY -> null;
    };
  }

  private static String quoted(List<String> keys) {
    List<String> texts = new ArrayList<>();
    keys.forEach(key -> texts.add(ScalarKeys.text(Json.of(key))));
    return "[" + String.join(" ", texts) + "]";
  }

  /// An item that does not say which one it is.
  static final class NoElement extends Exception {
    NoElement(String message) {
      super(message);
    }
  }
}
