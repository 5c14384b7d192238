package dev.pintle.kernel.state;

import dev.pintle.kernel.index.KeyVersion;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.RevisionKey;
import dev.pintle.kernel.keyspace.StoredRecord;

/// The writes that no compaction may take away. Storage may hold more, until compaction has come to it.
final class RetainedHistory {
  private RetainedHistory() {}

  static void visit(
      ReadSnapshot moment, long revision, OrderedKv.Reader store, WriteVisitor visitor) {
    long shownAt = shownAt(moment, revision);
    store.scan(
        Bucket.REVISIONS,
        RevisionKey.encode(0, 0),
        RevisionKey.encode(revision + 1, 0),
        (at, bytes) -> {
          long main = RevisionKey.main(at);
          int sub = RevisionKey.sub(at);
          StoredRecord record = StoredRecord.decode(main, bytes);
          if (main > moment.compacted() || isShown(moment, shownAt, sub, record)) {
            visitor.visit(sub, record.keyValue(), record.tombstone());
          }
          return true;
        });
  }

  /// Where no key is left at `revision`, etcd tells what compaction kept, whoever could read it.
  private static long shownAt(ReadSnapshot moment, long revision) {
    boolean empty = moment.index().countAt(KeyRange.ALL, revision) == 0;
    return empty ? moment.compacted() : revision;
  }

  private static boolean isShown(ReadSnapshot moment, long revision, int sub, StoredRecord record) {
    KeyValue write = record.keyValue();
    KeyVersion shown = moment.index().find(write.key().array(), revision);
    return !record.tombstone()
        && shown != null
        && shown.modified() == write.modRevision()
        && shown.sub() == sub;
  }
}
