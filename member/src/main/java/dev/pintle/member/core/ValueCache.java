package dev.pintle.member.core;

import dev.pintle.kernel.keyspace.KeyValue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Key-values by the write that made them, which never change: what was written lately, and what was read lately.
///
/// A table of sets of four slots. A slot holds an immutable entry and is replaced whole, so a reader needs no lock, and a
/// lost race only loses an entry. Room is given back by a hand that goes round the slots and spares, once, what was used
/// since it came by.
final class ValueCache {
  private static final int WAYS = 4;

  /// Objects and references around the bytes of an entry.
  private static final int ENTRY_BYTES = 136;

  /// So many bytes are counted as a usual entry when slots are laid out.
  private static final int ENTRY_BYTES_USUAL = 512;

  private static final int SLOTS_MIN = 64;

  private final AtomicReferenceArray<@Nullable Entry> slots;
  private final int mask;
  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();

  private static final class Entry {
    final long main;
    final int sub;
    final KeyValue keyValue;

    /// Written without order: a lost mark costs nothing but the entry.
    boolean used;

    Entry(long main, int sub, KeyValue keyValue) {
      this.main = main;
      this.sub = sub;
      this.keyValue = keyValue;
    }

    boolean is(long otherMain, int otherSub) {
      return main == otherMain && sub == otherSub;
    }

    int bytes() {
      return ENTRY_BYTES + keyValue.key().size() + keyValue.value().size();
    }
  }

  ValueCache(long bytesMax) {
    this.bytesMax = bytesMax;
    long wanted = Math.min(1 << 22, Math.max(SLOTS_MIN, bytesMax / ENTRY_BYTES_USUAL * 2));
    int size = Integer.highestOneBit((int) wanted);
    this.slots = new AtomicReferenceArray<>(size);
    this.mask = size - 1;
  }

  /// Consecutive revisions lie in consecutive slots, and the subs of one revision in sets of their own.
  private int firstSlot(long main, int sub) {
    long place = main + sub * 0x9E3779B97F4A7C15L;
    return (int) (place ^ (place >>> 32)) & mask & -WAYS;
  }

  @Nullable KeyValue get(long main, int sub) {
    int first = firstSlot(main, sub);
    for (int i = first; i < first + WAYS; i++) {
      Entry entry = slots.getAcquire(i);
      if (entry != null && entry.is(main, sub)) {
        if (!entry.used) {
          entry.used = true;
        }
        return entry.keyValue;
      }
    }
    return null;
  }

  void put(long main, int sub, KeyValue keyValue) {
    Entry entry = new Entry(main, sub, keyValue);
    if (entry.bytes() > bytesMax / WAYS) {
      return;
    }
    int slot = slotFor(main, sub);
    if (slot < 0) {
      return;
    }
    Entry before = slots.getAndSet(slot, entry);
    long now = bytes.addAndGet(entry.bytes() - (before == null ? 0 : before.bytes()));
    if (now > bytesMax) {
      giveBack();
    }
  }

  /// An empty slot, or the one to replace; -1 when the write is here already.
  private int slotFor(long main, int sub) {
    int first = firstSlot(main, sub);
    int empty = -1;
    int oldest = first;
    long oldestRank = Long.MAX_VALUE;
    for (int i = first; i < first + WAYS; i++) {
      Entry entry = slots.getAcquire(i);
      if (entry == null) {
        empty = i;
      } else if (entry.is(main, sub)) {
        return -1;
      } else if (rank(entry) < oldestRank) {
        oldestRank = rank(entry);
        oldest = i;
      }
    }
    return empty >= 0 ? empty : oldest;
  }

  /// What is used outranks what is only new.
  private static long rank(Entry entry) {
    return entry.used ? entry.main | Long.MIN_VALUE >>> 1 : entry.main;
  }

  /// `keyValue` was overwritten: it is the first to go. One written at another place of its revision than the first is not
  /// found, and goes when its turn comes.
  void age(KeyValue keyValue) {
    int first = firstSlot(keyValue.modRevision(), 0);
    for (int i = first; i < first + WAYS; i++) {
      Entry entry = slots.getAcquire(i);
      if (entry != null
          && entry.is(keyValue.modRevision(), 0)
          && entry.keyValue.key().equals(keyValue.key())
          && slots.compareAndSet(i, entry, null)) {
        bytes.addAndGet(-entry.bytes());
      }
    }
  }

  private void giveBack() {
    for (int looked = 0; bytes.get() > bytesMax && looked <= 2 * mask; looked++) {
      int at = hand.getAndIncrement() & mask;
      Entry entry = slots.getAcquire(at);
      if (entry == null) {
        continue;
      }
      if (entry.used) {
        entry.used = false;
      } else if (slots.compareAndSet(at, entry, null)) {
        bytes.addAndGet(-entry.bytes());
      }
    }
  }

  long bytes() {
    return bytes.get();
  }
}
