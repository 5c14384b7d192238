package dev.pintle.kube.schema;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of an object, in the order in which upstream writes them, found by name in constant
/// time.
public final class FieldTable implements Iterable<Field> {
  public static final FieldTable EMPTY = new FieldTable(List.of());

  private final List<Field> fields;
  // Open addressing over positions in `fields`, position + 1, 0 where free; its length is a power
  // of two.
  private final int[] slots;

  public FieldTable(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.slots = new int[Integer.highestOneBit(Math.max(1, fields.size())) * 4];
    for (int position = 0; position < this.fields.size(); position++) {
      place(position);
    }
  }

  public int size() {
    return fields.size();
  }

  public @Nullable Field find(String name) {
    for (int at = slot(name); slots[at] != 0; at = (at + 1) & (slots.length - 1)) {
      Field field = fields.get(slots[at] - 1);
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  @Override
  public Iterator<Field> iterator() {
    return fields.iterator();
  }

  private void place(int position) {
    int at = slot(fields.get(position).name());
    while (slots[at] != 0) {
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = position + 1;
  }

  private int slot(String name) {
    int hash = name.hashCode();
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }
}
