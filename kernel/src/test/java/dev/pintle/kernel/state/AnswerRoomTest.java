package dev.pintle.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RecordReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An answer that grows beyond the room for it.
class AnswerRoomTest {
  private static final int KEYS = 100;
  private static final int VALUE_BYTES = 1000;

  private final MapStore store = new MapStore();
  private final RecordReader records = RecordReader.of(store);
  private final Keyspace keyspace = Keyspace.open(store);
  private long index;
  private int collected;

  @BeforeEach
  void fill() {
    for (int i = 0; i < KEYS; i++) {
      apply(
          Command.Put.of(Bytes.utf8("key%03d".formatted(i)), Bytes.wrap(new byte[VALUE_BYTES])),
          AnswerSize.ANY);
    }
  }

  private AppliedCommand apply(Command command, LongPredicate room) {
    AppliedCommand applied = keyspace.apply(++index, command, records, store, room);
    keyspace.seal(store);
    keyspace.publish();
    return applied;
  }

  /// Room for so many of the key-values.
  private LongPredicate roomFor(int entries) {
    return bytes -> ++collected <= entries;
  }

  private static RangeRequest all() {
    return RangeRequest.of(KeyRange.ALL);
  }

  private static Command.Txn ranges(int number, Operation... more) {
    List<Operation> operations =
        new ArrayList<>(Collections.nCopies(number, new Command.Range(all())));
    operations.addAll(List.of(more));
    return new Command.Txn(List.of(), operations, List.of());
  }

  @Test
  void aRangeThatFitsIsAnswered() {
    assertThat(keyspace.root().range(all(), records, roomFor(KEYS)))
        .isInstanceOf(ReadOutcome.Found.class);
  }

  @Test
  void aRangeBeyondTheRoomIsRefusedAsItGrows() {
    assertThat(keyspace.root().range(all(), records, roomFor(10)))
        .isEqualTo(new ReadOutcome.NotReadable(new Outcome.Refused.NoRoom()));
    assertThat(collected).isEqualTo(11);
  }

  @Test
  void aLimitKeepsARangeWithinTheRoom() {
    assertThat(keyspace.root().range(all().limitedTo(5), records, roomFor(10)))
        .isInstanceOf(ReadOutcome.Found.class);
  }

  @Test
  void aTransactionOfManyRangesIsRefusedByTheSumOfThem() {
    assertThat(keyspace.root().read(ranges(127), records, roomFor(150)))
        .isEqualTo(new TxnReading.Done(new Outcome.Refused.NoRoom()));
    assertThat(collected).isEqualTo(151);
  }

  @Test
  void whatATransactionWritesDoesNotDependOnTheRoom() {
    Command.Put put = Command.Put.of(Bytes.utf8("new"), Bytes.utf8("value"));
    AppliedCommand applied = apply(ranges(127, put), roomFor(150));
    assertThat(applied.outcome()).isEqualTo(new Outcome.Unanswered(KEYS + 2));
    assertThat(collected).isEqualTo(151);
    assertThat(applied.delta()).isNotNull();
    assertThat(keyspace.root().size()).isEqualTo(KEYS + 1);
  }

  @Test
  void aDeletionTakesEffectThoughWhatItDeletedHasNoRoom() {
    AppliedCommand applied = apply(new Command.DeleteRange(KeyRange.ALL, true), roomFor(3));
    assertThat(applied.outcome()).isEqualTo(new Outcome.Unanswered(KEYS + 2));
    assertThat(keyspace.root().size()).isZero();
  }

  @Test
  void aPutTakesEffectThoughWhatItReplacedHasNoRoom() {
    Command.Put put = new Command.Put(Bytes.utf8("key000"), Bytes.EMPTY, 0, true, false, false);
    assertThat(apply(put, roomFor(0)).outcome()).isEqualTo(new Outcome.Unanswered(KEYS + 2));
  }
}
