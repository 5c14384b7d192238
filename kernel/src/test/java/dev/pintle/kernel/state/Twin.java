package dev.pintle.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RecordReader;
import dev.pintle.kernel.keyspace.RevisionKey;
import dev.pintle.kernel.watch.Delta;
import dev.pintle.kernel.watch.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// The real keyspace and the [Model] side by side, given the same commands and asked the same questions.
final class Twin {
  private final Model model = new Model();
  private final MapStore store = new MapStore();
  private final RecordReader records = RecordReader.of(store);
  private final List<byte[]> checkpoint = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();
  private Keyspace real = Keyspace.open(store);
  private long index;

  /// An old root, and what it answered when it was new.
  private record Kept(KeyspaceRoot root, ReadOutcome answer) {}

  void apply(Command command) {
    AppliedCommand applied = real.apply(++index, command, records, store);
    assertThat(applied.outcome()).as("outcome of %s", command).isEqualTo(model.apply(command));
    Delta delta = applied.delta();
    assertThat(delta == null).as("wrote nothing: %s", command).isEqualTo(model.wroteNothing());
    if (delta != null) {
      assertThat(delta.revision()).isEqualTo(model.revision());
      assertThat(delta.events()).as("events of %s", command).isEqualTo(model.events.getLast());
    }
  }

  void endBatch() {
    real.seal(store);
    real.publish();
    assertThat(real.root().revision()).isEqualTo(model.revision());
    assertThat(real.root().compactedRevision()).isEqualTo(Math.max(0, model.compacted));
    assertThat(real.root().size()).isEqualTo(model.states.getLast().size());
    assertThat(real.root().leases().ids()).containsExactlyElementsOf(model.leases.keySet());
    model.leases.keySet().forEach(this::compareLease);
  }

  private void compareLease(long id) {
    List<Bytes> keys =
        model.states.getLast().values().stream()
            .filter(entry -> entry.lease() == id)
            .map(KeyValue::key)
            .toList();
    assertThat(real.root().leases().keys(id)).isEqualTo(keys);
    assertThat(real.root().leases().ttlSeconds(id)).contains(model.leases.get(id));
  }

  void compareRead(RangeRequest request) {
    ReadOutcome answer = real.root().range(request, records);
    Refused refused = model.unreadable(request.revision(), false);
    if (refused != null) {
      assertThat(answer).as("%s", request).isEqualTo(new ReadOutcome.NotReadable(refused));
    } else {
      assertThat(answer).as("%s", request).isEqualTo(new ReadOutcome.Found(model.range(request)));
      compareScan(request);
    }
  }

  private void compareScan(RangeRequest request) {
    RangeRequest plain =
        new RangeRequest(
            request.range(),
            request.revision(),
            request.limit(),
            RangeRequest.Sort.BY_KEY,
            RangeRequest.Content.KEYS_AND_VALUES,
            request.modified(),
            request.created());
    List<KeyValue> visited = new ArrayList<>();
    ReadOutcome outcome = real.root().scan(plain, records, visited::add);
    var expected = model.range(plain);
    assertThat(visited).as("scan %s", plain).isEqualTo(expected.entries());
    assertThat(((ReadOutcome.Found) outcome).result().count()).isEqualTo(expected.count());
    assertThat(((ReadOutcome.Found) outcome).result().more()).isEqualTo(expected.more());
  }

  void keepRoot() {
    KeyspaceRoot root = real.root();
    kept.add(new Kept(root, root.range(RangeRequest.of(KeyRange.ALL), records)));
  }

  /// Published roots answer for ever what they answered first, or that compaction was faster.
  void compareKeptRoots() {
    for (Kept old : kept) {
      ReadOutcome again = old.root.range(RangeRequest.of(KeyRange.ALL), records);
      if (!(again instanceof ReadOutcome.Missing)) {
        assertThat(again).isEqualTo(old.answer);
      }
    }
  }

  void compactionStep(int drops) {
    real.compactionStep(drops, store);
    if (!real.isCompacting()) {
      compareRecords();
    }
  }

  /// Storage holds every write since the compacted revision, and of each key what was alive then.
  private void compareRecords() {
    TreeSet<Bytes> expected = new TreeSet<>();
    for (int revision = 2; revision <= model.revision(); revision++) {
      List<WatchEvent> events = model.events.get(revision);
      for (int sub = 0; sub < events.size(); sub++) {
        if (revision >= model.compacted || isAliveAtCompaction(events, sub, revision)) {
          expected.add(Bytes.wrap(RevisionKey.encode(revision, sub)));
        }
      }
    }
    assertThat(store.bucket(Bucket.REVISIONS).keySet()).isEqualTo(expected);
  }

  private boolean isAliveAtCompaction(List<WatchEvent> events, int sub, int revision) {
    WatchEvent event = events.get(sub);
    KeyValue then = model.states.get((int) model.compacted).get(event.key());
    boolean lastOfKey =
        events.subList(sub + 1, events.size()).stream()
            .noneMatch(later -> later.key().equals(event.key()));
    return then != null && then.modRevision() == revision && lastOfKey;
  }

  /// Forgets memory and starts again from storage, with or without the last checkpoint.
  void reopen(boolean fromCheckpoint) {
    if (!fromCheckpoint || checkpoint.isEmpty()) {
      real = Keyspace.open(store);
      return;
    }
    CheckpointReader reader = new CheckpointReader();
    checkpoint.forEach(piece -> reader.readPiece(new ByteReader(piece)));
    real = Keyspace.open(store, reader);
  }

  void writeCheckpoint() {
    checkpoint.clear();
    CheckpointWriter writer = real.root().checkpoint();
    ByteWriter piece = new ByteWriter(64);
    while (writer.writePiece(piece, 32)) {
      checkpoint.add(piece.toByteArray().clone());
      piece.clear();
    }
  }

  /// Runs `commands` in batches cut, and asked about, as `seed` says.
  static void run(List<Command> commands, RandomCommands questions, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Twin twin = new Twin();
    for (Command command : commands) {
      twin.apply(command);
      if (random.nextInt(3) == 0) {
        twin.between(questions, random);
      }
    }
    twin.between(questions, random);
  }

  private void between(RandomCommands questions, SplittableRandom random) {
    if (random.nextBoolean()) {
      compactionStep(1 + random.nextInt(3));
    }
    endBatch();
    for (int i = 0; i < 5; i++) {
      compareRead(questions.read());
    }
    if (random.nextInt(4) == 0) {
      keepRoot();
    }
    compareKeptRoots();
    if (random.nextInt(8) == 0) {
      reopen(random.nextBoolean());
      compareRead(questions.read());
    }
    if (random.nextInt(8) == 0) {
      writeCheckpoint();
    }
  }
}
