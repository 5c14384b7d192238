package dev.pintle.kernel.state;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RecordReader;
import dev.pintle.kernel.watch.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records that the batch wrote so far, which storage does not hold yet; everything older is asked of `committed`.
final class BatchRecords implements RecordReader {
  private final RecordReader committed;
  private final List<List<WatchEvent>> written = new ArrayList<>();
  private final long revisionFirst;

  BatchRecords(RecordReader committed, long revisionFirst) {
    this.committed = committed;
    this.revisionFirst = revisionFirst;
  }

  /// @param events the writes of the next revision; may grow later
  void add(List<WatchEvent> events) {
    written.add(events);
  }

  @Override
  public @Nullable KeyValue read(long main, int sub) {
    return main < revisionFirst ? committed.read(main, sub) : own(main, sub);
  }

  @Override
  public @Nullable KeyValue peek(long main, int sub) {
    return main < revisionFirst ? committed.peek(main, sub) : own(main, sub);
  }

  private KeyValue own(long main, int sub) {
    return written.get((int) (main - revisionFirst)).get(sub).current();
  }

  /// For a record that must be there.
  KeyValue require(long main, int sub) {
    KeyValue record = read(main, sub);
    if (record == null) {
      throw new MissingRecord(main, sub);
    }
    return record;
  }
}
