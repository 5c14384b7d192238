package dev.pintle.kernel.watch;

import dev.pintle.kernel.Invariant;
import dev.pintle.kernel.keyspace.KeyValue;
import org.jspecify.annotations.Nullable;

/// The newest changes, in revision order, without a gap. Watchers read it with a revision as their cursor; what it holds no
/// more must be read from storage. Belongs to one thread.
public final class EventLog {
  /// The bounds of the log.
  ///
  /// @param deltasMax most revisions held
  /// @param bytesMax most bytes of keys and values held; the newest delta is held however large it is
  public record Limits(int deltasMax, long bytesMax) {
    public static final Limits DEFAULT = new Limits(65_536, 64L << 20);

    public Limits {
      if (deltasMax < 1 || bytesMax < 1) {
        throw new IllegalArgumentException(
            "event log limits: %d deltas, %d bytes (expected: >= 1)"
                .formatted(deltasMax, bytesMax));
      }
    }
  }

  private static final int ROOM_INITIAL = 64;

  /// What an event costs beside the bytes of its keys and values.
  private static final int EVENT_BYTES = 160;

  private final Limits limits;

  /// A ring: revision `r` lies at `r` modulo its length, a power of two.
  private @Nullable Delta[] ring = new Delta[ROOM_INITIAL];

  private long first;
  private long next;
  private long bytes;

  /// @param revisionNext the revision of the first delta to come
  public EventLog(Limits limits, long revisionNext) {
    this.limits = limits;
    this.first = revisionNext;
    this.next = revisionNext;
  }

  /// The oldest revision held; [#nextRevision] when none is.
  public long firstRevision() {
    return first;
  }

  /// The revision of the next delta to come.
  public long nextRevision() {
    return next;
  }

  /// Bytes of what is held, roughly.
  public long sizeBytes() {
    return bytes;
  }

  /// Whether a cursor at `revision` can go on from here: all from it on is held, or still to come.
  public boolean reaches(long revision) {
    return revision >= first;
  }

  /// The change that made `revision`, which must be held.
  public Delta get(long revision) {
    Delta delta = revision < first || revision >= next ? null : ring[place(revision)];
    if (delta == null) {
      throw new IllegalArgumentException(
          "revision: %d (expected: in [%d, %d))".formatted(revision, first, next));
    }
    return delta;
  }

  /// Adds the change that made the next revision, and forgets the oldest ones beyond the limits.
  public void append(Delta delta) {
    Invariant.check(
        delta.revision() == next,
        "event log: expected revision %d, got %d",
        next,
        delta.revision());
    if (next - first == ring.length) {
      grow();
    }
    ring[place(next)] = delta;
    next++;
    bytes += sizeOf(delta);
    while (next - first > limits.deltasMax || (bytes > limits.bytesMax && next - first > 1)) {
      forgetFirst();
    }
  }

  /// Forgets what is older than `revision`, as compaction asks.
  public void forgetBefore(long revision) {
    while (first < revision && first < next) {
      forgetFirst();
    }
  }

  private void forgetFirst() {
    bytes -= sizeOf(get(first));
    ring[place(first)] = null;
    first++;
  }

  private void grow() {
    @Nullable Delta[] old = ring;
    ring = new Delta[2 * old.length];
    for (long revision = first; revision < next; revision++) {
      ring[place(revision)] = old[(int) (revision & (old.length - 1))];
    }
  }

  private int place(long revision) {
    return (int) (revision & (ring.length - 1));
  }

  private static long sizeOf(Delta delta) {
    long size = 0;
    for (WatchEvent event : delta.events()) {
      size += EVENT_BYTES + sizeOf(event.current()) + sizeOf(event.previous());
    }
    return size;
  }

  private static long sizeOf(@Nullable KeyValue entry) {
    return entry == null ? 0 : entry.key().size() + entry.value().size();
  }
}
