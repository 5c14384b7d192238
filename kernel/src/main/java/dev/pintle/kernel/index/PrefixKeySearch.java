package dev.pintle.kernel.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A search for a key among sorted ones that does not look at most of them: the bytes that all keys of a node share are
/// compared once, and the eight bytes after them lie side by side. Only keys that share those too are looked at
/// themselves. Far keys of one node share long beginnings, so this reads a few cache lines where a plain search would
/// read two for every key it meets.
final class PrefixKeySearch {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final long[] heads;

  /// How many bytes all keys share.
  private int shared;

  PrefixKeySearch(int room) {
    heads = new long[room];
  }

  PrefixKeySearch copy(int count, int room) {
    PrefixKeySearch copy = new PrefixKeySearch(room);
    System.arraycopy(heads, 0, copy.heads, 0, count);
    copy.shared = shared;
    return copy;
  }

  void move(int from, int to, int count) {
    System.arraycopy(heads, from, heads, to, count);
  }

  /// The keys are now `keys` in the places `[from, to)`.
  void rebuild(byte[][] keys, int from, int to) {
    shared = from < to ? shared(keys[from], keys[to - 1]) : 0;
    for (int i = from; i < to; i++) {
      heads[i] = head(keys[i]);
    }
  }

  /// The key at `at` was put between the others in the places `[0, width)`; the heads after it moved already.
  void inserted(byte[][] keys, int at, int width) {
    boolean outermost = at == 0 || at == width - 1;
    if (outermost && (width == 1 || shared(keys[0], keys[width - 1]) < shared)) {
      rebuild(keys, 0, width);
    } else {
      heads[at] = head(keys[at]);
    }
  }

  /// Keys are sorted, so what the first and the last share, all do.
  private static int shared(byte[] first, byte[] last) {
    int mismatch = Arrays.mismatch(first, last);
    return mismatch < 0 ? first.length : mismatch;
  }

  /// The bytes after the shared ones, as a number in their order; a short key is filled up with zeros.
  private long head(byte[] key) {
    long head = 0;
    if (key.length >= shared + Long.BYTES) {
      head = (long) LONG.get(key, shared);
    } else {
      for (int i = shared; i < key.length; i++) {
        head |= (key[i] & 0xffL) << (Long.SIZE - Byte.SIZE * (i - shared + 1));
      }
    }
    return head ^ Long.MIN_VALUE;
  }

  /// The place of `key` among `keys` in the places `[from, to)`, or `-place - 1` of where it would go.
  int find(byte[][] keys, int from, int to, byte[] key) {
    if (from == to) {
      return -from - 1;
    }
    int common = Math.min(shared, key.length);
    int order = Arrays.compareUnsigned(keys[from], 0, shared, key, 0, common);
    if (order != 0) {
      return order > 0 ? -from - 1 : -to - 1;
    }
    return findByHead(keys, from, to, key);
  }

  private int findByHead(byte[][] keys, int from, int to, byte[] key) {
    long head = head(key);
    int low = from;
    int high = to - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = heads[middle];
      int order = there == head ? compareRest(keys[middle], key) : there < head ? -1 : 1;
      if (order < 0) {
        low = middle + 1;
      } else if (order > 0) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -low - 1;
  }

  private int compareRest(byte[] one, byte[] other) {
    return Arrays.compareUnsigned(one, shared, one.length, other, shared, other.length);
  }
}
