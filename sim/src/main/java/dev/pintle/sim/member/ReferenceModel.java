package dev.pintle.sim.member;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.CommandCodec;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.RecordReader;
import dev.pintle.kernel.state.AppliedCommand;
import dev.pintle.kernel.state.Keyspace;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.sim.world.Claim;
import dev.pintle.storage.memory.MemoryKv;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// The model of what the log decided, and of what that means: every command in order, applied without crashes, with the
/// whole history kept.
final class ReferenceModel {
  private final OrderedKv store = new MemoryKv();
  private final RecordReader records = RecordReader.of(store.reader());
  private final OrderedKv.Batch batch = store.beginBatch();
  private final Keyspace keyspace = Keyspace.open(store.reader());
  private final List<Decided> decided = new ArrayList<>();

  /// The map at each revision, and the events that made it; revision 0 is never seen.
  private final List<TreeMap<Bytes, KeyValue>> states =
      new ArrayList<>(List.of(new TreeMap<>(), new TreeMap<>()));

  private final List<List<WatchEvent>> events = new ArrayList<>(List.of(List.of(), List.of()));

  @SuppressWarnings("ArrayRecordComponent") // compared with Arrays.equals alone
  private record Decided(byte[] entry, Command command, Outcome outcome) {}

  /// How many entries the log has decided.
  long lastIndex() {
    return decided.size();
  }

  KeyspaceRoot root() {
    return keyspace.root();
  }

  /// The log says that `entry` is its entry `index`. What was decided stays decided.
  void decide(long index, byte[] entry) {
    if (index <= decided.size()) {
      Claim.check(
          Arrays.equals(entry, decided.get((int) index - 1).entry),
          "decided stays decided: entry %d changed",
          index);
      return;
    }
    Claim.check(
        index == decided.size() + 1L, "the log has no gap: %d after %d", index, decided.size());
    Command command = CommandCodec.decode(new ByteReader(entry));
    AppliedCommand applied = keyspace.apply(index, command, records, batch);
    keyspace.seal(batch);
    batch.commit();
    keyspace.publish();
    decided.add(new Decided(entry, command, applied.outcome()));
    if (applied.delta() != null) {
      remember(applied.delta().events());
    }
  }

  private void remember(List<WatchEvent> delta) {
    TreeMap<Bytes, KeyValue> state = new TreeMap<>(states.getLast());
    for (WatchEvent event : delta) {
      switch (event.kind()) {
        case PUT -> state.put(event.key(), event.current());
        case DELETE -> state.remove(event.key());
      }
    }
    states.add(state);
    events.add(delta);
  }

  /// Whether an entry after `index` is `command` and had that outcome.
  boolean knows(long index, Command command, Outcome outcome) {
    return decided.subList((int) index, decided.size()).stream()
        .anyMatch(entry -> entry.command.equals(command) && entry.outcome.equals(outcome));
  }

  List<KeyValue> entries(KeyRange range, long revision) {
    return states.get((int) revision).values().stream()
        .filter(entry -> range.contains(entry.key()))
        .toList();
  }

  /// What happened to the keys of `range` in the revisions `[from, to]`.
  List<WatchEvent> events(KeyRange range, long from, long to) {
    List<WatchEvent> found = new ArrayList<>();
    for (long revision = Math.max(0, from); revision <= to; revision++) {
      for (WatchEvent event : events.get((int) revision)) {
        if (range.contains(event.key())) {
          found.add(event);
        }
      }
    }
    return found;
  }
}
