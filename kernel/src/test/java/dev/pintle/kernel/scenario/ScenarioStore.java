package dev.pintle.kernel.scenario;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.CommandCodec;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.RecordReader;
import dev.pintle.kernel.state.AppliedCommand;
import dev.pintle.kernel.state.CheckpointReader;
import dev.pintle.kernel.state.CheckpointWriter;
import dev.pintle.kernel.state.Keyspace;
import dev.pintle.kernel.state.MapStore;
import dev.pintle.kernel.state.TxnRules;
import dev.pintle.kernel.watch.Delta;
import dev.pintle.kernel.watch.EventLog;
import dev.pintle.kernel.watch.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A store that scenarios speak to. Every command goes through its bytes, as it would through the log.
final class ScenarioStore {
  private static final int OPERATIONS_MAX = 4;

  private final MapStore store = new MapStore();
  private final RecordReader records = RecordReader.of(store);
  private final EventLog events = new EventLog(EventLog.Limits.DEFAULT, 2);
  private Keyspace keyspace = Keyspace.open(store);

  String answer(String line) {
    Words words = new Words(line);
    String answer = answer(words.next(), words);
    if (!words.isEmpty()) {
      throw new IllegalArgumentException(line + ": " + words.next() + " (expected: end of line)");
    }
    return answer;
  }

  private String answer(String word, Words words) {
    return switch (word) {
      case "put" -> apply(CommandLine.put(words));
      case "del" -> apply(CommandLine.delete(words));
      case "txn" -> apply(CommandLine.txn(words));
      case "compact" -> apply(new Command.Compact(words.nextNumber()));
      case "grant" -> apply(new Command.LeaseGrant(words.nextNumber(), words.nextNumber()));
      case "revoke" -> apply(new Command.LeaseRevoke(words.nextNumber()));
      case "get" -> Shown.read(keyspace.root().range(CommandLine.get(words), records));
      case "lease" -> lease(words.nextNumber());
      case "watch" -> watch(words);
      case "sweep" -> sweep();
      case "restart" -> restart(words.takes("checkpoint"));
      case "rules" -> rules(CommandLine.txn(words));
      default -> throw new IllegalArgumentException("scenario: " + word + " (expected: a command)");
    };
  }

  private String apply(Command command) {
    ByteWriter bytes = new ByteWriter(64);
    CommandCodec.encode(command, bytes);
    Command logged = CommandCodec.decode(new ByteReader(bytes.toByteArray()));
    long index = keyspace.root().appliedIndex() + 1;
    AppliedCommand applied = keyspace.apply(index, logged, records, store);
    Delta delta = applied.delta();
    if (delta != null) {
      events.append(delta);
    }
    publish();
    return Shown.outcome(applied.outcome());
  }

  private void publish() {
    keyspace.seal(store);
    keyspace.publish();
  }

  private String lease(long id) {
    var leases = keyspace.root().leases();
    return leases
        .ttlSeconds(id)
        .map(ttl -> "lease %d for %d s, keys %s".formatted(id, ttl, leases.keys(id)))
        .orElse("no lease " + id);
  }

  private String watch(Words words) {
    KeyRange range = words.nextRange();
    long from = words.option("from").map(Long::parseLong).orElse(events.nextRevision());
    long compacted = keyspace.root().compactedRevision();
    if (from < compacted) {
      return "refused: compacted, oldest kept is " + compacted;
    }
    List<WatchEvent> seen = new ArrayList<>();
    for (long revision = from; revision < events.nextRevision(); revision++) {
      for (WatchEvent event : events.get(revision).events()) {
        if (range.contains(event.key())) {
          seen.add(event);
        }
      }
    }
    return seen.isEmpty()
        ? "nothing"
        : seen.stream().map(Shown::event).collect(Collectors.joining("\n"));
  }

  /// Carries compaction out, and says how many records storage is left with.
  private String sweep() {
    while (keyspace.isCompacting()) {
      keyspace.compactionStep(1, store);
    }
    publish();
    return "records %d".formatted(store.bucket(Bucket.REVISIONS).size());
  }

  private String restart(boolean fromCheckpoint) {
    if (fromCheckpoint) {
      CheckpointReader reader = new CheckpointReader();
      CheckpointWriter writer = keyspace.root().checkpoint();
      ByteWriter piece = new ByteWriter(64);
      while (writer.writePiece(piece, 16)) {
        reader.readPiece(new ByteReader(piece.buffer(), 0, piece.size()));
        piece.clear();
      }
      keyspace = Keyspace.open(store, reader);
    } else {
      keyspace = Keyspace.open(store);
    }
    return "revision %d, compacted %d"
        .formatted(keyspace.root().revision(), keyspace.root().compactedRevision());
  }

  private static String rules(Command.Txn txn) {
    return TxnRules.violation(txn, OPERATIONS_MAX).map(TxnRules.Violation::name).orElse("fine")
        + (TxnRules.isReadOnly(txn) ? ", read only" : "");
  }
}
