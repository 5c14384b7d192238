package dev.pintle.kube.object;

/// The hash table of a large object's fields: open addressing, position + 1 of each field, 0 for a free slot.
final class FieldSlots {
  private FieldSlots() {}

  /// The table of the first `size` of the names.
  static int[] of(String[] names, int size) {
    int[] table = new int[Integer.highestOneBit(size) * 4];
    for (int i = 0; i < size; i++) {
      place(table, names, i);
    }
    return table;
  }

  /// The position of a field, -1 when it is absent.
  ///
  /// @param gap stands, as this very object, where a field was
  @SuppressWarnings("ReferenceEquality") // The gap is one object.
  static int find(int[] table, String[] names, String name, String gap) {
    for (int at = Hashes.of(name) & (table.length - 1);
        table[at] != 0;
        at = (at + 1) & (table.length - 1)) {
      int position = table[at] - 1;
      if (names[position].equals(name) && names[position] != gap) {
        return position;
      }
    }
    return -1;
  }

  static void place(int[] table, String[] names, int position) {
    int at = Hashes.of(names[position]) & (table.length - 1);
    while (table[at] != 0) {
      at = (at + 1) & (table.length - 1);
    }
    table[at] = position + 1;
  }
}
