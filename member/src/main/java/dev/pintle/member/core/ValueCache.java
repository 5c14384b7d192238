package dev.pintle.member.core;

import dev.pintle.kernel.keyspace.KeyValue;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Key-values by the write that made them, which never change: what was written lately, and what was read lately.
///
/// A table of sets of four slots. A slot holds an immutable entry and is replaced whole, so a reader needs no lock, and a
/// lost race only loses an entry. Room is given back by a hand that goes round the slots and spares, once, what was used
/// since it came by.
///
/// What was written has to be read before its share of the room is used up, or it goes: a stream of writes that nobody reads
/// neither pushes out what is read, nor lives long enough to cost the collector more than the writing did (S3-FIFO, Yang et
/// al., SOSP 2023, whose small queue this is).
final class ValueCache {
  private static final int WAYS = 4;

  /// Objects and references around the bytes of an entry.
  private static final int ENTRY_BYTES = 136;

  /// So many bytes are counted as a usual entry when slots are laid out.
  private static final int ENTRY_BYTES_USUAL = 512;

  private static final int SLOTS_MIN = 64;

  /// What was read goes into the cache if it takes at most so small a share of it. Larger values cost more to copy than to fetch, and a
  /// read of many would push out all else.
  private static final int READ_SHARE = 128;

  /// The share of the room that is for what was written and not read yet.
  private static final int UNREAD_SHARE = 8;

  private final AtomicReferenceArray<@Nullable Entry> slots;
  private final int mask;
  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();

  /// Entries of [#written] in the order of their writes, of the apply thread alone.
  private final ArrayDeque<Entry> unread = new ArrayDeque<>();

  private long unreadBytes;

  private static final class Entry {
    final long main;
    final int sub;
    final KeyValue keyValue;
    final int slot;

    /// Written without order: a lost mark costs nothing but the entry.
    boolean used;

    Entry(long main, int sub, KeyValue keyValue, int slot) {
      this.main = main;
      this.sub = sub;
      this.keyValue = keyValue;
      this.slot = slot;
    }

    boolean is(long otherMain, int otherSub) {
      return main == otherMain && sub == otherSub;
    }

    int bytes() {
      return ENTRY_BYTES + bytesOf(keyValue);
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

  private static int bytesOf(KeyValue keyValue) {
    return keyValue.key().size() + keyValue.value().size();
  }

  /// Keeps what was read from storage; for any thread.
  void put(long main, int sub, KeyValue keyValue) {
    if (bytesOf(keyValue) <= bytesMax / READ_SHARE) {
      insert(main, sub, keyValue);
    }
  }

  /// Keeps what was written just now, for a while; for the apply thread.
  void written(long main, int sub, KeyValue keyValue) {
    Entry entry = insert(main, sub, keyValue);
    if (entry == null) {
      return;
    }
    unread.addLast(entry);
    unreadBytes += entry.bytes();
    while (unreadBytes > bytesMax / UNREAD_SHARE) {
      Entry oldest = unread.removeFirst();
      unreadBytes -= oldest.bytes();
      if (!oldest.used) {
        drop(oldest);
      }
    }
  }

  /// Answers the new entry, or null when it is here already or too large.
  private @Nullable Entry insert(long main, int sub, KeyValue keyValue) {
    if (ENTRY_BYTES + bytesOf(keyValue) > bytesMax / WAYS) {
      return null;
    }
    int slot = slotFor(main, sub);
    if (slot < 0) {
      return null;
    }
    Entry entry = new Entry(main, sub, keyValue, slot);
    Entry before = slots.getAndSet(slot, entry);
    long now = bytes.addAndGet(entry.bytes() - (before == null ? 0 : before.bytes()));
    if (now > bytesMax) {
      giveBack();
    }
    return entry;
  }

  private void drop(Entry entry) {
    if (slots.compareAndSet(entry.slot, entry, null)) {
      bytes.addAndGet(-entry.bytes());
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
          && entry.keyValue.key().equals(keyValue.key())) {
        drop(entry);
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
      } else {
        drop(entry);
      }
    }
  }

  long bytes() {
    return bytes.get();
  }
}
