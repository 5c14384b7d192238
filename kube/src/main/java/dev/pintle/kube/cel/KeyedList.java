package dev.pintle.kube.cel;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The items of a list that its schema makes a set or a map: their order says nothing, and what is joined to them takes the
/// place of what has the same key.
final class KeyedList extends AbstractList<Value> {
  private final List<Value> items;
  // The fields that are the key of an item; null in a set, where the item is its own.
  private final @Nullable List<Value> fields;

  KeyedList(List<Value> items, @Nullable List<Value> fields) {
    this.items = items;
    this.fields = fields;
  }

  @Override
  public Value get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }

  boolean isSet() {
    return fields == null;
  }

  private Value keyOf(Value item) {
    if (fields == null) {
      return ValueComparison.normal(item);
    }
    List<Value> key = new ArrayList<>(fields.size());
    for (Value field : fields) {
      Value part =
          item instanceof Value.MapValue(Map<Value, Value> entries) ? entries.get(field) : null;
      key.add(part == null ? Constants.NULL : ValueComparison.normal(part));
    }
    return new Value.ListValue(key);
  }

  private Map<Value, Integer> positions(Activation frame) {
    frame.compare(items.size());
    Map<Value, Integer> positions = HashMap.newHashMap(items.size());
    for (int i = 0; i < items.size(); i++) {
      positions.put(keyOf(items.get(i)), i);
    }
    return positions;
  }

  /// Whether the others are the same items, in whatever order.
  boolean isEqual(Activation frame, List<Value> others) {
    if (others.size() != items.size()) {
      return false;
    }
    try {
      return hasAll(frame, others);
    } catch (CelException misfit) {
      if (fields != null || misfit.isCancelled()) {
        throw misfit;
      }
      // An item that complains is like no other, and so not even like itself.
      return false;
    }
  }

  private boolean hasAll(Activation frame, List<Value> others) {
    frame.compare(others.size());
    Map<Value, Integer> positions = positions(frame);
    for (Value other : others) {
      Integer position = positions.get(keyOf(other));
      if (position == null || !ValueComparison.same(frame, items.get(position), other)) {
        return false;
      }
    }
    return true;
  }

  /// These items and the others, each key once.
  KeyedList with(Activation frame, List<Value> others) {
    frame.allocate(8L * (items.size() + (long) others.size()));
    frame.compare(others.size());
    Map<Value, Integer> positions = positions(frame);
    List<Value> joined = new ArrayList<>(items);
    for (Value other : others) {
      Integer position = positions.putIfAbsent(keyOf(other), joined.size());
      if (position == null) {
        joined.add(other);
      } else if (fields != null) {
        joined.set(position, other);
      }
    }
    return new KeyedList(joined, fields);
  }
}
