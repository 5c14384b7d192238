package dev.pintle.kube.ownership;

import dev.pintle.kube.object.Hashes;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// One step of a path: how a part is found in the value that holds it.
///
/// Elements have an order, which is the order in which they are written: names, keys, values, indices.
sealed interface PathElement extends Comparable<PathElement> {

  /// A field of an object or an entry of a map.
  record Name(String name) implements PathElement {
    @Override
    public int hashCode() {
      return Hashes.of(name);
    }

    @Override
    public String toString() {
      return "." + name;
    }
  }

  /// The item of a list whose fields have these values; the fields are ordered by name.
  record Key(List<KeyField> fields) implements PathElement {
    public Key {
      fields = List.copyOf(fields);
    }

    static Key of(List<KeyField> fields) {
      List<KeyField> sorted = new ArrayList<>(fields);
      sorted.sort((one, other) -> Utf8Order.compare(one.name(), other.name()));
      return new Key(sorted);
    }

    @Override
    public String toString() {
      return fields.stream()
          .map(field -> field.name() + "=" + ScalarKeys.text(field.value()))
          .collect(Collectors.joining(",", "[", "]"));
    }
  }

  record KeyField(String name, Json value) {
    public KeyField {
      value = ScalarKeys.plain(value);
    }

    @Override
    public int hashCode() {
      return Hashes.of(Hashes.of(name), value.hashCode());
    }
  }

  /// The item of a set of scalars.
  record Value(Json value) implements PathElement {
    public Value {
      value = ScalarKeys.plain(value);
    }

    @Override
    public String toString() {
      return "[=" + ScalarKeys.text(value) + "]";
    }
  }

  /// The item at a place of a list.
  record Index(int index) implements PathElement {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }

  @Override
  default int compareTo(PathElement other) {
    return switch (this) {
      case Name(var name) when other instanceof Name(var otherName) ->
          Utf8Order.compare(name, otherName);
      case Key(var fields) when other instanceof Key(var otherFields) ->
          compare(fields, otherFields);
      case Value(var value) when other instanceof Value(var otherValue) ->
          ScalarKeys.compare(value, otherValue);
      case Index(var index) when other instanceof Index(var otherIndex) ->
          Integer.compare(index, otherIndex);
      case Name _, Key _, Value _, Index _ -> Integer.compare(rank(this), rank(other));
    };
  }

  private static int rank(PathElement element) {
    return switch (element) {
      case Name _ -> 0;
      case Key _ -> 1;
      case Value _ -> 2;
      case Index _ -> 3;
    };
  }

  private static int compare(List<KeyField> fields, List<KeyField> others) {
    for (int i = 0; i < Math.min(fields.size(), others.size()); i++) {
      int byName = Utf8Order.compare(fields.get(i).name(), others.get(i).name());
      int order =
          byName != 0 ? byName : ScalarKeys.compare(fields.get(i).value(), others.get(i).value());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(fields.size(), others.size());
  }

  /// Names as a path: `metadata`, `labels`.
  static List<PathElement> names(String... names) {
    List<PathElement> path = new ArrayList<>();
    for (String name : names) {
      path.add(new Name(name));
    }
    return path;
  }

  /// As conflicts show it: `.spec.containers[name="a"].image`.
  static String text(List<PathElement> path) {
    return path.stream().map(PathElement::toString).collect(Collectors.joining());
  }
}
