package dev.pintle.member.watch;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RevisionKey;
import dev.pintle.kernel.keyspace.StoredRecord;
import dev.pintle.kernel.watch.Delta;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kernel.watch.WatchEvent.Kind;
import dev.pintle.member.StoreView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The reader of changes from storage. May wait for the disk.
final class EventHistory {
  private final OrderedKv.Reader store;
  private final Supplier<StoreView> view;
  private final WatchConfig config;

  EventHistory(OrderedKv.Reader store, Supplier<StoreView> view, WatchConfig config) {
    this.store = store;
    this.view = view;
    this.config = config;
  }

  /// The wishes of watchers for the revisions `[from, to)`.
  record Wanted(long from, long to, List<Interest> interests) {}

  record Interest(KeyRange range, boolean previous) {}

  /// The changes that `[from, to)` brought to those interested; `to` may lie before the one wanted.
  ///
  /// @param compacted the compacted revision after reading: what lies below may be missing here
  record HistorySegment(long from, long to, List<Delta> deltas, long compacted) {}

  HistorySegment read(Wanted wanted) {
    Reading reading = new Reading(wanted);
    store.scan(
        Bucket.REVISIONS,
        RevisionKey.encode(wanted.from, 0),
        RevisionKey.encode(wanted.to, 0),
        reading);
    return reading.chapter();
  }

  private final class Reading implements OrderedKv.Visitor {
    private final Wanted wanted;
    private final List<Delta> deltas = new ArrayList<>();
    private final Set<WatchEvent> before = Collections.newSetFromMap(new IdentityHashMap<>());
    private List<WatchEvent> events = new ArrayList<>();
    private long revision;
    private long bytes;
    private boolean full;

    Reading(Wanted wanted) {
      this.wanted = wanted;
      this.revision = wanted.from;
    }

    @Override
    public boolean visit(byte[] key, byte[] record) {
      long main = RevisionKey.main(key);
      if (main != revision) {
        finishRevision();
        if (bytes > config.historyBytesMax()
            || main - wanted.from >= config.catchUpRevisionsMax()) {
          full = true;
          revision = main;
          return false;
        }
        revision = main;
      }
      bytes += record.length;
      add(StoredRecord.decode(main, record));
      return true;
    }

    private void finishRevision() {
      if (!events.isEmpty()) {
        deltas.add(new Delta(revision, events));
        events = new ArrayList<>();
      }
    }

    private void add(StoredRecord record) {
      KeyValue current = record.keyValue();
      boolean any = false;
      boolean previous = false;
      for (Interest interest : wanted.interests) {
        if (interest.range.contains(current.key())) {
          any = true;
          previous |= interest.previous;
        }
      }
      if (any) {
        Kind kind = record.tombstone() ? Kind.DELETE : Kind.PUT;
        WatchEvent event = new WatchEvent(kind, current, null);
        events.add(event);
        if (previous) {
          before.add(event);
        }
      }
    }

    HistorySegment chapter() {
      if (!full) {
        finishRevision();
      }
      long to = full ? revision : wanted.to;
      List<Delta> whole = deltas.stream().map(this::whole).toList();
      return new HistorySegment(wanted.from, to, whole, view.get().compactedRevision());
    }

    /// What was before is looked for only now: a scan does not read the store.
    private Delta whole(Delta delta) {
      List<WatchEvent> whole =
          delta.events().stream()
              .map(event -> before.contains(event) ? withPrevious(event) : event)
              .toList();
      return new Delta(delta.revision(), whole);
    }
  }

  /// The event with what its key was before, as far as that is still known.
  WatchEvent withPrevious(WatchEvent event) {
    boolean created = event.kind() == Kind.PUT && event.current().version() <= 1;
    if (event.previous() != null || created) {
      return event;
    }
    KeyValue previous = before(event);
    return previous == null ? event : new WatchEvent(event.kind(), event.current(), previous);
  }

  private @Nullable KeyValue before(WatchEvent event) {
    long revision = event.revision() - 1;
    if (revision <= 0) {
      return null;
    }
    RangeRequest request = RangeRequest.of(KeyRange.point(event.key())).at(revision);
    return switch (view.get().range(request)) {
      case StoreView.Found(var result) when !result.entries().isEmpty() ->
          result.entries().getFirst();
      case StoreView.Found _, StoreView.NotReadable _ -> null;
    };
  }
}
