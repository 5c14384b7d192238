package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.index.IndexCursor;
import dev.pintle.kernel.index.KeyVersion;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow;
import dev.pintle.kernel.keyspace.RangeRequest.SortOrder;
import dev.pintle.kernel.keyspace.RangeRequest.SortTarget;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kernel.state.ReadOutcome.Found;
import dev.pintle.kernel.state.ReadOutcome.Missing;
import dev.pintle.kernel.state.ReadOutcome.NotReadable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One read of a run of keys.
final class RangeEvaluation {
  /// A source of records; null when it is not to be had.
  @FunctionalInterface
  interface Fetch {
    @Nullable KeyValue read(long main, int sub);
  }

  private static final ReadOutcome MISSING = new Missing();
  private static final ReadOutcome NO_ROOM = new NotReadable(new Refused.NoRoom());

  private final ReadSnapshot moment;
  private final RangeRequest request;
  private final Fetch records;
  private final LongPredicate room;
  private final KeyRange range;
  private final long revision;

  private RangeEvaluation(
      ReadSnapshot moment, RangeRequest request, Fetch records, LongPredicate room) {
    this.room = room;
    this.moment = moment;
    this.request = request;
    this.records = records;
    this.range = request.range();
    this.revision = moment.readAt(request.revision());
  }

  /// @param room told of every key-value before it is collected; see [AnswerSize]
  static ReadOutcome read(
      ReadSnapshot moment, RangeRequest request, Fetch records, LongPredicate room) {
    Refused refusal = moment.refusal(request.revision());
    return refusal != null
        ? new NotReadable(refusal)
        : new RangeEvaluation(moment, request, records, room).collected();
  }

  /// Hands the key-values to `visitor` in the order of the keys, whatever the sort.
  static ReadOutcome scan(
      ReadSnapshot moment,
      RangeRequest request,
      Fetch records,
      Predicate<? super KeyValue> visitor) {
    Refused refusal = moment.refusal(request.revision());
    return refusal != null
        ? new NotReadable(refusal)
        : new RangeEvaluation(moment, request, records, AnswerSize.ANY).visited(visitor);
  }

  private ReadOutcome collected() {
    if (request.content() == Content.COUNT_ONLY) {
      return new Found(new RangeResult(List.of(), countAll(), false));
    }
    if (range.isPoint()) {
      return point();
    }
    return isLimitedWhileReading() ? firstInKeyOrder() : filteredAndSorted();
  }

  private long countAll() {
    return moment.index().countAt(range, revision);
  }

  private ReadOutcome point() {
    KeyVersion version = moment.index().find(range.from().array(), revision);
    if (version == null) {
      return new Found(new RangeResult(List.of(), 0, false));
    }
    KeyValue entry = entry(range.from(), version);
    if (entry == null) {
      return MISSING;
    }
    if (!room.test(AnswerSize.of(entry))) {
      return NO_ROOM;
    }
    List<KeyValue> entries = passes(entry) ? List.of(stripped(entry)) : List.of();
    return new Found(new RangeResult(entries, 1, false));
  }

  /// With the default order and no filter the limit stops the reading itself. A target without an order counts as the
  /// default here, though the answer is sorted by it: etcd does so, and so the first keys are what is sorted.
  private boolean isLimitedWhileReading() {
    SortOrder order = request.sort().order();
    boolean byKey =
        order == SortOrder.NONE
            || (order == SortOrder.ASCEND && request.sort().target() == SortTarget.KEY);
    return byKey
        && request.limit() > 0
        && request.modified().equals(RevisionWindow.ANY)
        && request.created().equals(RevisionWindow.ANY);
  }

  private ReadOutcome firstInKeyOrder() {
    long most = request.limit() == Long.MAX_VALUE ? Long.MAX_VALUE : request.limit() + 1;
    List<KeyValue> entries = new ArrayList<>((int) Math.min(most, 1024));
    IndexCursor cursor = moment.index().cursor(range, revision);
    while (entries.size() < most && cursor.next()) {
      KeyValue entry = entry(Bytes.wrap(cursor.key()), cursor.version());
      if (entry == null) {
        return MISSING;
      }
      if (!room.test(AnswerSize.of(entry))) {
        return NO_ROOM;
      }
      entries.add(entry);
    }
    boolean more = entries.size() > request.limit();
    return finished(entries, more ? countAll() : entries.size());
  }

  private ReadOutcome filteredAndSorted() {
    List<KeyValue> entries = new ArrayList<>();
    IndexCursor cursor = moment.index().cursor(range, revision);
    long count = 0;
    while (cursor.next()) {
      KeyValue entry = entry(Bytes.wrap(cursor.key()), cursor.version());
      if (entry == null) {
        return MISSING;
      }
      count++;
      if (passes(entry)) {
        if (!room.test(AnswerSize.of(entry))) {
          return NO_ROOM;
        }
        entries.add(entry);
      }
    }
    return finished(entries, count);
  }

  private Found finished(List<KeyValue> entries, long count) {
    EntryOrder.sort(entries, request.sort());
    boolean more = request.limit() > 0 && entries.size() > request.limit();
    List<KeyValue> kept = more ? entries.subList(0, (int) request.limit()) : entries;
    if (request.content() == Content.KEYS_ONLY && !isFromIndex()) {
      kept.replaceAll(KeyValue::withoutValue);
    }
    return new Found(new RangeResult(kept, count, more));
  }

  private ReadOutcome visited(Predicate<? super KeyValue> visitor) {
    if (request.content() == Content.COUNT_ONLY) {
      return collected();
    }
    IndexCursor cursor = moment.index().cursor(range, revision);
    long given = 0;
    boolean more = false;
    while (!more && cursor.next()) {
      KeyValue entry = entry(Bytes.wrap(cursor.key()), cursor.version());
      if (entry == null) {
        return MISSING;
      }
      if (passes(entry)) {
        more = (request.limit() > 0 && given == request.limit()) || !visitor.test(stripped(entry));
        given++;
      }
    }
    return new Found(new RangeResult(List.of(), countAll(), more));
  }

  private boolean passes(KeyValue entry) {
    return request.modified().contains(entry.modRevision())
        && request.created().contains(entry.createRevision());
  }

  private KeyValue stripped(KeyValue entry) {
    return request.content() == Content.KEYS_ONLY ? entry.withoutValue() : entry;
  }

  /// Keys without values come from the index alone, and so without their leases, as in etcd since 3.7.
  private boolean isFromIndex() {
    return request.content() == Content.KEYS_ONLY && request.sort().target() != SortTarget.VALUE;
  }

  private @Nullable KeyValue entry(Bytes key, KeyVersion version) {
    return isFromIndex()
        ? new KeyValue(
            key, version.created(), version.modified(), version.version(), 0, Bytes.EMPTY)
        : records.read(version.modified(), version.sub());
  }
}
