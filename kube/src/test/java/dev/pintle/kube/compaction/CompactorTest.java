package dev.pintle.kube.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.member.StoreView;
import dev.pintle.member.clock.ManualClock;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompactorTest {
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private final ManualClock clock = new ManualClock();
  private LocalMember member;

  @BeforeEach
  void open() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
  }

  @AfterEach
  void close() {
    member.close();
  }

  private Compactor compactor() {
    return new Compactor(member, clock, INTERVAL);
  }

  private void write(int times) {
    for (int i = 0; i < times; i++) {
      member.execute(Command.Put.of(Bytes.utf8("/registry/a"), Bytes.utf8("value " + i)));
    }
  }

  private long compacted() {
    return member.view().compactedRevision();
  }

  private void turn(Compactor... compactors) {
    clock.advance(INTERVAL);
    for (Compactor compactor : compactors) {
      compactor.step();
    }
  }

  private KeyValue key() {
    RangeRequest request = RangeRequest.of(KeyRange.point(Compactor.KEY));
    List<KeyValue> found = ((StoreView.Found) member.view().range(request)).result().entries();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void theFirstTurnOnlyLooksAndTheSecondCompactsAtWhatWasThen() {
    Compactor compactor = compactor();
    write(3);
    turn(compactor);
    long first = member.view().revision();
    assertThat(compacted()).isZero();
    assertThat(key().value().utf8()).isEqualTo("0");
    write(5);
    turn(compactor);
    assertThat(compacted()).isEqualTo(first);
    assertThat(key().value().utf8()).isEqualTo(Long.toString(first));
    assertThat(key().version()).isEqualTo(2);
  }

  @Test
  void beforeItsTimeNothingIsAsked() {
    Compactor compactor = compactor();
    long before = member.view().revision();
    clock.advance(INTERVAL.minusSeconds(1));
    assertThat(compactor.step()).isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(member.view().revision()).isEqualTo(before);
    clock.advance(Duration.ofSeconds(1));
    assertThat(compactor.step()).isEqualTo(INTERVAL.toNanos());
    assertThat(member.view().revision()).isEqualTo(before + 1);
  }

  @Test
  void ofSeveralServersOneCompactsPerInterval() {
    Compactor one = compactor();
    Compactor other = compactor();
    for (int round = 1; round <= 4; round++) {
      write(3);
      long before = member.view().revision();
      turn(one, other);
      assertThat(member.view().revision()).as("writes of round %d", round).isEqualTo(before + 1);
      assertThat(key().version()).isEqualTo(round);
    }
  }

  @Test
  void whenOneIsGoneAnotherTakesOver() {
    Compactor gone = compactor();
    Compactor heir = compactor();
    turn(gone, heir);
    turn(gone, heir);
    long before = compacted();
    long learned = member.view().revision();
    write(3);
    turn(heir);
    assertThat(compacted()).isGreaterThan(before).isEqualTo(learned);
  }

  @Test
  void aServerThatComesToAnOldStoreLearnsTheTimeFirst() {
    for (int i = 0; i < 7; i++) {
      member.execute(Command.Put.of(Compactor.KEY, Bytes.utf8("not a number")));
    }
    Compactor compactor = compactor();
    turn(compactor);
    assertThat(key().version()).isEqualTo(7);
    long learned = member.view().revision();
    turn(compactor);
    assertThat(key().version()).isEqualTo(8);
    assertThat(compacted()).isEqualTo(learned);
  }

  @Test
  void aCompactionThatSomebodyElseMadeFurtherOnIsNoEnd() {
    Compactor compactor = compactor();
    turn(compactor);
    write(3);
    member.execute(new Command.Compact(member.view().revision()));
    turn(compactor);
    write(1);
    long before = compacted();
    turn(compactor);
    assertThat(compacted()).isGreaterThan(before);
  }

  @Test
  void anIntervalOfNothingIsRefused() {
    assertThatThrownBy(() -> new Compactor(member, clock, Duration.ZERO))
        .hasMessage("interval: PT0S (expected: > 0)");
  }
}
