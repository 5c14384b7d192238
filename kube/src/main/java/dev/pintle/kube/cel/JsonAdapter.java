package dev.pintle.kube.cel;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The values of a tree, looked at through their schema. Parts are converted when an expression asks for them, so what it
/// does not look at costs nothing and cannot fail.
final class JsonAdapter {
  private JsonAdapter() {}

  /// The values of a tree of which nothing is known.
  static Value made(Json value) {
    return value(TreeOrigin.MADE, SchemaNode.ANYTHING, value);
  }

  /// The values of an object of a built-in kind. What may be anything within it is as if it were made.
  static Value typed(SchemaNode shape, Json value) {
    return value(TreeOrigin.TYPED, shape, value);
  }

  static Value value(SchemaNode node, Json value) {
    return value(TreeOrigin.SCHEMA, node, value);
  }

  private static Value value(TreeOrigin origin, SchemaNode node, Json value) {
    if (origin == TreeOrigin.TYPED) {
      return ofStructure(node, value);
    }
    if (node.kind() == ValueKind.INT_OR_STRING) {
      return wholeOrText(node, value);
    }
    return switch (value) {
      case Json.Null _ -> Constants.NULL;
      case JsonObject object -> new Value.MapValue(new ObjectView(origin, node, object));
      case JsonArray list -> new Value.ListValue(list(node, new ListView(origin, node, list)));
      case Json.Text(String text) -> text(node, text);
      case Json.Whole(long number) -> number(node, value, number);
      case Json.Decimal(double number, _) -> real(node, value, number);
      case Json.Bool(boolean truth) -> {
        require(node.kind() == ValueKind.BOOLEAN || isFree(node), node, value);
        yield Value.of(truth);
      }
    };
  }

  /// Formats say nothing here, and what was stored was decoded before: it fits.
  private static Value ofStructure(SchemaNode node, Json value) {
    if (isFree(node)) {
      return made(value);
    }
    return switch (value) {
      case JsonObject object -> new Value.MapValue(new ObjectView(TreeOrigin.TYPED, node, object));
      case JsonArray list -> new Value.ListValue(new ListView(TreeOrigin.TYPED, node, list));
      case Json.Whole(long number) when node.kind() == ValueKind.DOUBLE ->
          new Value.DoubleValue((double) number);
      case Json.Null _, Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ -> made(value);
    };
  }

  /// Whether it has entries rather than fields, for values of built-in kinds.
  static boolean hasEntries(Map<Value, Value> entries) {
    return entries instanceof ObjectView view && view.node.kind() == ValueKind.MAP;
  }

  /// Nothing else has looked at what it is: no type stands beside such a place in a schema.
  private static Value wholeOrText(SchemaNode node, Json value) {
    return switch (value) {
      case Json.Text(String text) -> Value.of(text);
      case Json.Whole(long number) -> Value.of(number);
      case Json.Null _ when node.rules().nullable() -> Constants.NULL;
      case Json.Null _ ->
          throw new CelException("invalid data, got null for schema with nullable=false");
      case JsonObject _, JsonArray _, Json.Decimal _, Json.Bool _ ->
          throw new CelException(
              "invalid data, expected XIntOrString value to be either a string or integer");
    };
  }

  /// Where they come from, or are as if they came from.
  static TreeOrigin origin(List<Value> items) {
    return switch (items) {
      case ListView view -> view.origin;
      case KeyedList _ -> TreeOrigin.SCHEMA;
      default -> TreeOrigin.MADE;
    };
  }

  static TreeOrigin origin(Map<Value, Value> entries) {
    return entries instanceof ObjectView view ? view.origin : TreeOrigin.MADE;
  }

  /// @throws CelException when something else than a text is looked for in an object of a tree, or in another map what upstream's
  ///     maps cannot have as a key
  static void requireName(Map<Value, Value> entries, Value key) {
    if (key instanceof Value.Text) {
      return;
    }
    if (!(entries instanceof ObjectView) && isUnhashable(key)) {
      throw new CelException(
          "internal error: runtime error: hash of unhashable type "
              + TypeConversions.goValueType(key));
    }
    switch (origin(entries)) {
      case SCHEMA -> throw CelException.noOverload();
      case TYPED ->
          throw new CelException("unsupported map key type: " + TypeConversions.goValueType(key));
      case MADE -> {
        // It is not there.
      }
    }
  }

  private static boolean isUnhashable(Value key) {
    return key instanceof Value.Bytes
        || (key instanceof Value.Extension(var object) && object instanceof SemanticVersion);
  }

  /// @throws CelException when an item of a tree is asked for by another number than a whole one
  static void requireWhole(List<Value> items, Value index) {
    if (index instanceof Value.Int) {
      return;
    }
    switch (origin(items)) {
      case SCHEMA -> throw new CelException("unsupported index: " + TypeConversions.toText(index));
      case TYPED ->
          throw new CelException("unsupported index type: " + TypeConversions.goValueType(index));
      case MADE -> {
        // It stands for the whole number of the same worth.
      }
    }
  }

  private static List<Value> list(SchemaNode node, ListView items) {
    return switch (node.ownership().listType()) {
      case SET -> new KeyedList(items, null);
      case MAP -> new KeyedList(items, node.ownership().mapKeys().stream().map(Value::of).toList());
      case ATOMIC, UNSPECIFIED -> items;
    };
  }

  private static boolean isFree(SchemaNode node) {
    return node.kind() == ValueKind.ANY;
  }

  private static void require(boolean fits, SchemaNode node, Json value) {
    if (!fits) {
      throw new CelException(
          "invalid data, expected %s, got %s".formatted(goType(node.kind()), GoValues.type(value)));
    }
  }

  private static String goType(ValueKind kind) {
    return switch (kind) {
      case INT32, INT64 -> "int";
      case DOUBLE -> "double";
      case BOOLEAN -> "bool";
      case LIST -> "array";
      case OBJECT, MAP -> "map[string]interface{} to match the schema";
      case TEXT, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, ANY -> "string";
    };
  }

  private static Value text(SchemaNode node, String text) {
    require(node.kind() == ValueKind.TEXT || isFree(node), node, Json.of(text));
    if (isFree(node)) {
      return Value.of(text);
    }
    return switch (node.rules().format()) {
      case "duration" -> TimeFunctions.duration(text);
      case "date" -> TimeFunctions.timestamp(text + "T00:00:00Z");
      case "date-time" -> TimeFunctions.timestamp(text);
      case "byte" -> new Value.Bytes(bytes(text));
      default -> Value.of(text);
    };
  }

  private static byte[] bytes(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException malformed) {
      throw new CelException("byte formatted string is not base64: " + malformed.getMessage());
    }
  }

  private static Value number(SchemaNode node, Json value, long number) {
    if (node.kind() == ValueKind.DOUBLE) {
      return new Value.DoubleValue((double) number);
    }
    boolean whole = node.kind() == ValueKind.INT32 || node.kind() == ValueKind.INT64;
    require(whole || isFree(node), node, value);
    return Value.of(number);
  }

  private static Value real(SchemaNode node, Json value, double number) {
    require(node.kind() == ValueKind.DOUBLE || isFree(node), node, value);
    return new Value.DoubleValue(number);
  }

  /// What stands under a name of an object.
  private static SchemaNode nodeOf(SchemaNode node, String name) {
    Field field = node.field(name);
    if (field != null) {
      return field.node();
    }
    return node.hasItems() && node.kind() != ValueKind.LIST ? node.items() : SchemaNode.ANYTHING;
  }

  private static final class ObjectView extends AbstractMap<Value, Value> {
    private final TreeOrigin origin;
    private final SchemaNode node;
    private final JsonObject object;

    ObjectView(TreeOrigin origin, SchemaNode node, JsonObject object) {
      this.origin = origin;
      this.node = node;
      this.object = object;
    }

    @Override
    public @Nullable Value get(@Nullable Object key) {
      if (!(key instanceof Value.Text(String name))) {
        return null;
      }
      Json value = object.get(name);
      return value == null || isLeftOut(value) ? null : value(origin, nodeOf(node, name), value);
    }

    /// A field of an object that is null counts as absent; an entry of a map does not.
    private boolean isLeftOut(Json value) {
      return origin == TreeOrigin.SCHEMA
          && value instanceof Json.Null
          && node.kind() == ValueKind.OBJECT;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      // That something is there is not told of a value that complains.
      return get(key) != null;
    }

    @Override
    public int size() {
      return object.size();
    }

    @Override
    public Set<Value> keySet() {
      return new Parts<>(object.size(), i -> Value.of(object.nameAt(i)), this::containsKey);
    }

    @Override
    public Set<Entry<Value, Value>> entrySet() {
      return new Parts<>(object.size(), this::entry, entry -> containsKey(entry.getKey()));
    }

    private Entry<Value, Value> entry(int position) {
      String name = object.nameAt(position);
      return new ViewEntry(origin, Value.of(name), nodeOf(node, name), object.valueAt(position));
    }
  }

  /// An entry whose value is made when somebody asks for it.
  private record ViewEntry(TreeOrigin origin, Value key, SchemaNode node, Json seen)
      implements Map.Entry<Value, Value> {
    @Override
    public Value getKey() {
      return key;
    }

    @Override
    public Value getValue() {
      return value(origin, node, seen);
    }

    @Override
    public Value setValue(Value value) {
      throw new UnsupportedOperationException("a tree is not changed through its values");
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Map.Entry<?, ?> entry
          && key.equals(entry.getKey())
          && getValue().equals(entry.getValue());
    }

    @Override
    public int hashCode() {
      return key.hashCode() ^ getValue().hashCode();
    }
  }

  /// The keys or the entries of an object, made while they are gone through.
  private static final class Parts<T> extends AbstractSet<T> {
    private final int size;
    private final IntFunction<T> part;
    private final Predicate<T> contained;

    Parts(int size, IntFunction<T> part, Predicate<T> contained) {
      this.size = size;
      this.part = part;
      this.contained = contained;
    }

    @Override
    public Iterator<T> iterator() {
      return IntStream.range(0, size).mapToObj(part).iterator();
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean contains(@Nullable Object wanted) {
      return wanted != null && contained.test((T) wanted);
    }
  }

  private static final class ListView extends AbstractList<Value> {
    private final TreeOrigin origin;
    private final SchemaNode node;
    private final JsonArray list;

    ListView(TreeOrigin origin, SchemaNode node, JsonArray list) {
      this.origin = origin;
      this.node = node;
      this.list = list;
    }

    @Override
    public Value get(int index) {
      boolean known = node.kind() == ValueKind.LIST && node.hasItems();
      return value(origin, known ? node.items() : SchemaNode.ANYTHING, list.at(index));
    }

    @Override
    public int size() {
      return list.size();
    }
  }
}
