package dev.pintle.member.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.SetAlarm;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.storage.memory.MemoryKv;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreQuotaTest {
  private static final StoreAlarm FULL = new StoreAlarm(5, StoreAlarm.NO_SPACE, true);

  private static Command.Put put(int bytes) {
    return Command.Put.of(Bytes.utf8("k"), Bytes.wrap(new byte[bytes]));
  }

  private static Command.Txn txn(Command.Operation... then) {
    return new Command.Txn(List.of(), List.of(then), List.of());
  }

  @Test
  void whatMakesTheStoreLargerThanItMayBeIsNotAdmitted() {
    StoreQuota quota = new StoreQuota(10_000, 5, 9_000);
    assertThat(quota.admits(put(1000))).isFalse();
    assertThat(quota.admits(put(742))).isTrue();
    assertThat(quota.admits(put(0))).as("what was admitted counts").isFalse();
    assertThat(quota.admits(txn(put(0)))).isFalse();
    assertThat(quota.admits(txn(txn(put(0))))).isFalse();
    assertThat(quota.admits(new Command.LeaseGrant(1, 2))).isFalse();
    assertThat(quota.admits(new Command.DeleteRange(KeyRange.ALL, false))).isTrue();
    assertThat(quota.admits(txn(new Command.Range(RangeRequest.of(KeyRange.ALL))))).isTrue();
    assertThat(quota.admits(new Command.Compact(1))).isTrue();
    assertThat(quota.admits(new Command.LeaseRevoke(1))).isTrue();
  }

  @Test
  void withoutAQuotaEverythingIs() {
    assertThat(new StoreQuota(0, 5, Long.MAX_VALUE).admits(put(1000))).isTrue();
    assertThat(new StoreQuota(-1, 5, Long.MAX_VALUE).admits(put(1000))).isTrue();
  }

  private static LocalMember memory(long quotaBytes) throws IOException {
    return LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT.withQuotaBytes(quotaBytes));
  }

  @Test
  void aFullStoreRefusesWhatMakesItLargerAndHealsByItself() throws Exception {
    try (LocalMember member = memory(100_000)) {
      Outcome outcome = member.execute(put(50_000));
      for (int i = 0; i < 10 && outcome instanceof Outcome.Written; i++) {
        outcome = member.execute(put(50_000));
      }
      assertThat(outcome).isInstanceOf(Refused.QuotaExceeded.class);
      awaitAlarm(member, true);
      assertThat(member.execute(put(0))).isInstanceOf(Refused.QuotaExceeded.class);
      assertThat(member.execute(new Command.LeaseGrant(7, 60)))
          .isInstanceOf(Refused.QuotaExceeded.class);
      assertThat(member.execute(new Command.DeleteRange(KeyRange.ALL, false)))
          .isInstanceOf(Outcome.Deleted.class);
      assertThat(member.execute(new Command.Compact(member.view().revision())))
          .isInstanceOf(Outcome.Compacted.class);
      awaitAlarm(member, false);
      assertThat(member.execute(put(1000))).isInstanceOf(Outcome.Written.class);
    }
  }

  private static void awaitAlarm(LocalMember member, boolean raised) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (member.view().notes().hasAlarm(StoreAlarm.NO_SPACE) != raised
        && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(member.view().notes().hasAlarm(StoreAlarm.NO_SPACE)).isEqualTo(raised);
  }

  @Test
  void alarmsOutliveAStartAndOthersAreNotTakenBackByTheStore(@TempDir Path folder)
      throws Exception {
    SetAlarm corrupt = new SetAlarm(9, StoreAlarm.CORRUPT, true, false);
    SetAlarm full = new SetAlarm(9, StoreAlarm.NO_SPACE, true, false);
    try (LocalMember member = open(folder)) {
      assertThat(member.execute(put(1))).isInstanceOf(Outcome.Written.class);
      assertThat(member.execute(corrupt)).isEqualTo(new Outcome.Noted(2, true));
      assertThat(member.execute(corrupt)).isEqualTo(new Outcome.Noted(2, false));
      assertThat(member.execute(full)).isEqualTo(new Outcome.Noted(2, true));
    }
    try (LocalMember member = open(folder)) {
      assertThat(member.view().notes().alarms())
          .containsExactly(
              new StoreAlarm(9, StoreAlarm.NO_SPACE, false),
              new StoreAlarm(9, StoreAlarm.CORRUPT, false));
      for (Command command :
          List.of(
              put(1),
              new Command.Compact(2),
              new Command.DeleteRange(KeyRange.ALL, false),
              new Command.LeaseRevoke(1))) {
        assertThat(member.execute(command)).isInstanceOf(Refused.Corrupt.class);
      }
      member.execute(new SetAlarm(9, StoreAlarm.CORRUPT, false, false));
      assertThat(member.execute(put(1))).isInstanceOf(Refused.QuotaExceeded.class);
      member.execute(new SetAlarm(9, StoreAlarm.NO_SPACE, false, false));
      assertThat(member.execute(put(1))).isInstanceOf(Outcome.Written.class);
      assertThat(member.execute(new SetAlarm(9, StoreAlarm.NO_SPACE, false, false)))
          .isEqualTo(new Outcome.Noted(3, false));
    }
  }

  private static LocalMember open(Path folder) throws IOException {
    return LocalMember.open(
        folder, store -> RocksKv.open(store, RocksConfig.DEFAULT), Settings.DEFAULT);
  }

  @Test
  void theAlarmOfAQuotaThatIsGoneEndsAfterTheStart(@TempDir Path folder) throws Exception {
    try (LocalMember member = open(folder)) {
      member.execute(
          new SetAlarm(member.status().memberId(), StoreAlarm.NO_SPACE, true, FULL.byItself()));
    }
    try (LocalMember member = open(folder)) {
      awaitAlarm(member, false);
    }
  }
}
