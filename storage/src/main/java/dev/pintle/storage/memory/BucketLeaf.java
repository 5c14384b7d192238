package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Keys in order, each with its value.
final class BucketLeaf extends BucketNode {
  private static final int SLACK = 4;

  private byte[][] keys;
  private byte[][] values;
  private int width;

  private BucketLeaf(BatchEdit owner, int room) {
    super(owner);
    keys = new byte[room][];
    values = new byte[room][];
  }

  static BucketLeaf empty(BatchEdit owner) {
    return new BucketLeaf(owner, SLACK);
  }

  @Override
  int width() {
    return width;
  }

  @Override
  byte[] firstKey() {
    return keys[0];
  }

  /// The place of `key`, or `-place - 1` of where it would go.
  private int find(byte[] key) {
    return Arrays.binarySearch(keys, 0, width, key, Arrays::compareUnsigned);
  }

  private int atOrAfter(byte[] key) {
    int found = find(key);
    return found < 0 ? -found - 1 : found;
  }

  @Override
  byte @Nullable [] get(byte[] key) {
    int found = find(key);
    return found < 0 ? null : values[found];
  }

  @Override
  boolean scan(byte @Nullable [] from, byte @Nullable [] to, Visitor visitor) {
    int end = to == null ? width : atOrAfter(to);
    for (int i = from == null ? 0 : atOrAfter(from); i < end; i++) {
      if (!visitor.visit(keys[i], values[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  BucketLeaf editable(BatchEdit edit) {
    return owner == edit ? this : part(edit, 0, width);
  }

  private BucketLeaf part(BatchEdit edit, int from, int to) {
    BucketLeaf part = new BucketLeaf(edit, Math.min(WIDTH_MAX, to - from + SLACK));
    System.arraycopy(keys, from, part.keys, 0, to - from);
    System.arraycopy(values, from, part.values, 0, to - from);
    part.width = to - from;
    return part;
  }

  @Override
  @Nullable BucketLeaf put(byte[] key, byte[] value) {
    int found = find(key);
    if (found >= 0) {
      values[found] = value;
      return null;
    }
    int place = -found - 1;
    if (width < WIDTH_MAX) {
      insert(place, key, value);
      return null;
    }
    return splitInserting(place, key, value);
  }

  /// Keys that arrive in order fill their leaves: one beyond the last starts a leaf of its own.
  private BucketLeaf splitInserting(int place, byte[] key, byte[] value) {
    int middle = place == width ? width : width / 2;
    BucketLeaf right = part(owner, middle, width);
    Arrays.fill(keys, middle, width, null);
    Arrays.fill(values, middle, width, null);
    width = middle;
    if (place <= middle && middle < WIDTH_MAX) {
      insert(place, key, value);
    } else {
      right.insert(place - middle, key, value);
    }
    return right;
  }

  private void insert(int at, byte[] key, byte[] value) {
    if (width == keys.length) {
      int room = Math.min(WIDTH_MAX, width + Math.max(SLACK, width / 2));
      keys = Arrays.copyOf(keys, room);
      values = Arrays.copyOf(values, room);
    }
    System.arraycopy(keys, at, keys, at + 1, width - at);
    System.arraycopy(values, at, values, at + 1, width - at);
    keys[at] = key;
    values[at] = value;
    width++;
  }

  @Override
  void delete(byte[] key) {
    int found = find(key);
    if (found < 0) {
      return;
    }
    System.arraycopy(keys, found + 1, keys, found, width - found - 1);
    System.arraycopy(values, found + 1, values, found, width - found - 1);
    width--;
    Arrays.fill(keys, width, width + 1, null);
    Arrays.fill(values, width, width + 1, null);
  }
}
