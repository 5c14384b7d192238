package dev.pintle.kube.object;

/// The hash table of a large object's fields: open addressing. A slot holds the position + 1 of a field in the bits that index the
/// table, and in those above them the same bits of the hash of its name, so that other names are seldom looked at; 0 is a free slot.
final class FieldSlots {
  private FieldSlots() {}

  /// The table of the first `size` of the names, at least twice as long.
  static int[] of(String[] names, int size) {
    int[] table = new int[Integer.highestOneBit(size) * 4];
    for (int i = 0; i < size; i++) {
      place(table, Hashes.of(names[i]), i);
    }
    return table;
  }

  static int[] of(CompactTexts names) {
    int[] table = new int[Integer.highestOneBit(names.size()) * 4];
    for (int i = 0; i < names.size(); i++) {
      place(table, Hashes.of(names.get(i)), i);
    }
    return table;
  }

  /// As for names that are objects of their own.
  static int find(int[] table, CompactTexts names, String name, int hash) {
    int index = table.length - 1;
    for (int at = hash & index; table[at] != 0; at = (at + 1) & index) {
      int slot = table[at];
      if (((slot ^ hash) & ~index) == 0 && names.is((slot & index) - 1, name)) {
        return (slot & index) - 1;
      }
    }
    return -1;
  }

  /// The position of a field, -1 when it is absent.
  ///
  /// @param hash of the name, by [Hashes]
  /// @param gap stands, as this very object, where a field was
  @SuppressWarnings("ReferenceEquality") // The gap is one object.
  static int find(int[] table, String[] names, String name, int hash, String gap) {
    int index = table.length - 1;
    for (int at = hash & index; table[at] != 0; at = (at + 1) & index) {
      int slot = table[at];
      if (((slot ^ hash) & ~index) == 0) {
        String candidate = names[(slot & index) - 1];
        if (candidate.equals(name) && candidate != gap) {
          return (slot & index) - 1;
        }
      }
    }
    return -1;
  }

  /// Takes a free slot; the table must be at least twice as long as there are fields.
  static void place(int[] table, int hash, int position) {
    int index = table.length - 1;
    int at = hash & index;
    while (table[at] != 0) {
      at = (at + 1) & index;
    }
    table[at] = (hash & ~index) | (position + 1);
  }
}
