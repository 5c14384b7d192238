package dev.pintle.member.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What etcd once lost by compaction: the newest revision, and deletions at and around the compacted one.
class CompactionHistoryTest {
  private static final int SECONDS_MAX = 20;

  @TempDir private Path folder;

  private LocalMember open() throws IOException {
    return LocalMember.open(
        folder, store -> RocksKv.open(store, RocksConfig.DEFAULT), Settings.DEFAULT);
  }

  private static void put(LocalMember member, String key) {
    assertThat(member.execute(Command.Put.of(Bytes.utf8(key), Bytes.utf8("v"))))
        .isInstanceOf(Outcome.Written.class);
  }

  private static void delete(LocalMember member, String key) {
    assertThat(member.execute(new Command.DeleteRange(KeyRange.point(Bytes.utf8(key)), false)))
        .isInstanceOf(Outcome.Deleted.class);
  }

  @Test
  void theRevisionDoesNotDecreaseWhenTheNewestDeletionsAreCompactedAndTheMemberStartsAgain()
      throws Exception {
    try (LocalMember member = open()) {
      put(member, "a");
      put(member, "b");
      delete(member, "a");
      delete(member, "b");
      assertThat(member.execute(new Command.Compact(5))).isInstanceOf(Outcome.Compacted.class);
    }
    try (LocalMember member = open()) {
      assertThat(member.view().revision()).isEqualTo(5);
      put(member, "c");
      assertThat(member.view().revision()).isEqualTo(6);
    }
  }

  @Test
  void aDeletionAtTheCompactedRevisionIsToldAlsoAfterAStart() throws Exception {
    try (LocalMember member = open()) {
      put(member, "a");
      delete(member, "a");
      put(member, "b");
      assertThat(member.execute(new Command.Compact(3))).isInstanceOf(Outcome.Compacted.class);
      assertThat(first(member, 3)).isEqualTo("DELETE a@3");
    }
    try (LocalMember member = open()) {
      assertThat(first(member, 3)).isEqualTo("DELETE a@3");
    }
    try (LocalMember member = open()) {
      assertThat(first(member, 4)).isEqualTo("PUT b@4");
    }
  }

  private static String first(LocalMember member, long startRevision) throws InterruptedException {
    LinkedBlockingQueue<WatchEvent> told = new LinkedBlockingQueue<>();
    try (WatchHub.Stream stream =
        member
            .watches()
            .open(notices -> {
              for (Notice notice : notices) {
                if (notice instanceof Notice.Events events) {
                  told.addAll(events.events());
                }
              }
              return true;
            })) {
      stream.create(1, new WatchHub.Spec(KeyRange.ALL, startRevision, true, true, false, false));
      WatchEvent event = told.poll(SECONDS_MAX, TimeUnit.SECONDS);
      return event == null
          ? "nothing"
          : "%s %s@%d".formatted(event.kind(), event.key(), event.revision());
    }
  }
}
