package dev.pintle.kube.schema;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of an object, in the order in which upstream writes them, found by name in constant
/// time.
public final class FieldTable implements Iterable<Field> {
  public static final FieldTable EMPTY = new FieldTable(List.of());

  /// Names of a definition may be chosen so that they all want one place.
  private static final int STEPS_MAX = 16;

  private final List<Field> fields;
  // Open addressing over positions in `fields`, position + 1, 0 where free; its length is a power
  // of two.
  private final int[] slots;

  /// In place of the slots where names collide too often, else null: its buckets become trees.
  private final @Nullable Map<String, Integer> byName;

  public FieldTable(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.slots = new int[Integer.highestOneBit(Math.max(1, fields.size())) * 4];
    boolean placed = true;
    for (int position = 0; placed && position < this.fields.size(); position++) {
      placed = place(position);
    }
    this.byName = placed ? null : byName(this.fields);
  }

  private static Map<String, Integer> byName(List<Field> fields) {
    Map<String, Integer> byName = HashMap.newHashMap(fields.size());
    for (int position = 0; position < fields.size(); position++) {
      byName.putIfAbsent(fields.get(position).name(), position);
    }
    return byName;
  }

  public int size() {
    return fields.size();
  }

  public @Nullable Field find(String name) {
    int position = positionOf(name);
    return position < 0 ? null : fields.get(position);
  }

  /// Where a field stands in their order; -1 when there is none of this name.
  public int positionOf(String name) {
    if (byName != null) {
      return byName.getOrDefault(name, -1);
    }
    for (int at = slot(name); slots[at] != 0; at = (at + 1) & (slots.length - 1)) {
      if (fields.get(slots[at] - 1).name().equals(name)) {
        return slots[at] - 1;
      }
    }
    return -1;
  }

  public Field at(int position) {
    return fields.get(position);
  }

  @Override
  public Iterator<Field> iterator() {
    return fields.iterator();
  }

  /// Answers false where it would be too far from where it is looked for.
  private boolean place(int position) {
    int at = slot(fields.get(position).name());
    for (int step = 0; step < STEPS_MAX; step++) {
      if (slots[at] == 0) {
        slots[at] = position + 1;
        return true;
      }
      at = (at + 1) & (slots.length - 1);
    }
    return false;
  }

  private int slot(String name) {
    int hash = name.hashCode();
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }
}
