package dev.pintle.wire.http2;

import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/// The headers that the other side of a connection remembers of our answers, as HPACK's dynamic table has them (RFC 7541 §2.3.2): the newest
/// is the first, and the oldest go when there is no room.
///
/// One answer has its headers where the one before had them, as the same objects: there a header is known without looking for it. All
/// others are looked for by the hashes that their names and values keep.
final class HeaderTable {
  /// HPACK's own measure of what an entry costs beside its characters.
  private static final int ENTRY_BYTES = 32;

  /// A power of two.
  private static final int BUCKETS = 32;

  private @Nullable Entry @Nullable [] buckets;

  /// In an answer: of what comes behind them no place is remembered.
  private static final int PLACES = 16;

  private final @Nullable Entry[] found = new Entry[PLACES];
  private @Nullable Entry newest;
  private @Nullable Entry oldest;
  private long bytesMax;
  private long bytes;
  private int inserted;

  /// One header; it is in a bucket before those that were put there earlier.
  private static final class Entry {
    private final AsciiString name;
    private final AsciiString value;
    private final int hash;
    private final int number;
    private @Nullable Entry nextInBucket;
    private @Nullable Entry newer;
    private boolean gone;

    Entry(AsciiString name, AsciiString value, int hash, int number) {
      this.name = name;
      this.value = value;
      this.hash = hash;
      this.number = number;
    }

    long bytes() {
      return bytesOf(name, value);
    }

    @SuppressWarnings("ReferenceEquality") // what is equal but another object is looked for
    boolean isVery(AsciiString otherName, AsciiString otherValue) {
      return name == otherName && value == otherValue && !gone;
    }
  }

  HeaderTable(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// What a header takes of the table.
  static long bytesOf(CharSequence name, CharSequence value) {
    return (long) name.length() + value.length() + ENTRY_BYTES;
  }

  long bytesMax() {
    return bytesMax;
  }

  /// Changes its size; what has no room any more is forgotten.
  void resize(long newBytesMax) {
    bytesMax = newBytesMax;
    makeRoom(0);
  }

  /// The number of a header, 1 for the newest; 0 when it is not remembered.
  ///
  /// @param place of the header in the answer
  int find(AsciiString name, AsciiString value, int place) {
    Entry known = place < PLACES ? found[place] : null;
    if (known == null || !known.isVery(name, value)) {
      known = look(name, value);
      if (place < PLACES) {
        found[place] = known;
      }
    }
    return known == null ? 0 : inserted - known.number;
  }

  private @Nullable Entry look(AsciiString name, AsciiString value) {
    @Nullable Entry[] chains = buckets;
    if (chains == null) {
      return null;
    }
    int hash = hash(name, value);
    Entry at = chains[hash & (BUCKETS - 1)];
    while (at != null && (at.hash != hash || !at.value.equals(value) || !at.name.equals(name))) {
      at = at.nextInBucket;
    }
    return at;
  }

  /// The number of a header of this name; 0 when there is none. It looks at all of them.
  int findName(AsciiString name) {
    int number = 0;
    for (Entry at = oldest; at != null; at = at.newer) {
      if (at.name.equals(name)) {
        number = inserted - at.number;
      }
    }
    return number;
  }

  /// Remembers a header that is not remembered yet and no larger than the table.
  void insert(AsciiString name, AsciiString value) {
    long needed = bytesOf(name, value);
    makeRoom(needed);
    @Nullable Entry[] chains = buckets;
    if (chains == null) {
      chains = new Entry[BUCKETS];
      buckets = chains;
    }
    int hash = hash(name, value);
    Entry entry = new Entry(name, value, hash, inserted++);
    entry.nextInBucket = chains[hash & (BUCKETS - 1)];
    chains[hash & (BUCKETS - 1)] = entry;
    Entry before = newest;
    if (before == null) {
      oldest = entry;
    } else {
      before.newer = entry;
    }
    newest = entry;
    bytes += needed;
  }

  private void makeRoom(long needed) {
    for (Entry last = oldest; last != null && bytes + needed > bytesMax; last = oldest) {
      bytes -= last.bytes();
      last.gone = true;
      unlink(last);
      oldest = last.newer;
      if (oldest == null) {
        newest = null;
      }
    }
  }

  private void unlink(Entry entry) {
    @Nullable Entry[] chains = buckets;
    if (chains == null) {
      return;
    }
    int bucket = entry.hash & (BUCKETS - 1);
    Entry before = null;
    for (Entry at = chains[bucket]; at != null; before = at, at = at.nextInBucket) {
      if (at.number == entry.number) {
        if (before == null) {
          chains[bucket] = at.nextInBucket;
        } else {
          before.nextInBucket = at.nextInBucket;
        }
        return;
      }
    }
  }

  private static int hash(AsciiString name, AsciiString value) {
    int hash = 31 * name.hashCode() + value.hashCode();
    return hash ^ (hash >>> 16);
  }
}
