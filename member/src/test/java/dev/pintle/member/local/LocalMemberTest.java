package dev.pintle.member.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.member.clock.Clock;
import dev.pintle.member.clock.ManualClock;
import dev.pintle.member.log.UnreadableFile;
import dev.pintle.storage.memory.MemoryKv;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A member on real threads, with a real folder.
class LocalMemberTest {
  @TempDir Path folder;

  private LocalMember open() throws IOException {
    return LocalMember.open(
        folder.resolve("member"),
        store -> RocksKv.open(store, RocksConfig.DEFAULT),
        Settings.DEFAULT);
  }

  @Test
  void whatWasAcknowledgedIsVisible() throws IOException {
    try (LocalMember member = open()) {
      Outcome outcome = member.execute(put("a", "1"));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Written.class, written -> assertThat(written.revision()).isEqualTo(2));
      assertThat(value(member, "a")).isEqualTo("1");
      assertThat(member.view().revision()).isEqualTo(2);
    }
  }

  @Test
  void everythingIsThereAfterARestart() throws IOException {
    long revision = 0;
    for (int life = 0; life < 3; life++) {
      try (LocalMember member = open()) {
        assertThat(member.view().revision()).isEqualTo(Math.max(1, revision));
        for (int i = 0; i < 100; i++) {
          member.execute(put("key " + i, "life " + life));
        }
        revision = member.view().revision();
      }
    }
    try (LocalMember member = open()) {
      assertThat(value(member, "key 99")).isEqualTo("life 2");
      assertThat(member.view().revision()).isEqualTo(301);
      assertThat(member.status().appliedIndex()).isEqualTo(300);
    }
  }

  @Test
  void theMemberKeepsItsIdentity() throws IOException {
    long memberId;
    try (LocalMember member = open()) {
      memberId = member.status().memberId();
    }
    try (LocalMember member = open()) {
      assertThat(member.status().memberId()).isEqualTo(memberId);
    }
  }

  @Test
  void aSecondMemberInTheFolderIsRefusedWithTheHolder() throws IOException {
    try (LocalMember first = open()) {
      assertThat(first.stopReason()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(FolderInUse.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void aFolderOfANewerFormatIsRefused() throws IOException {
    open().close();
    Path format = folder.resolve("member/format");
    Files.writeString(format, "pintle member format 2\nsomething new\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(UnreadableFile.TooNew.class)
        .hasMessageContaining(format.toString());
  }

  @Test
  void aLogThatLostItsFilesIsRefused() throws IOException {
    try (LocalMember member = open()) {
      member.execute(put("a", "1"));
    }
    try (var files = Files.list(folder.resolve("member/log"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(UnreadableFile.Corrupt.class)
        .hasMessageContaining("storage has applied 1");
  }

  @Test
  void aClosedMemberRefuses() throws IOException {
    LocalMember member = open();
    member.close();
    assertThat(member.execute(put("a", "1"))).isInstanceOf(Outcome.Refused.Stopped.class);
    assertThat(member.stopReason()).hasValue("the member is closing");
  }

  @Test
  void aMemberInMemoryDoesTheSame() throws IOException {
    try (LocalMember member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT)) {
      for (int i = 0; i < 1000; i++) {
        member.execute(put("a", Integer.toString(i)));
      }
      member.execute(new Command.Compact(900));
      assertThat(value(member, "a")).isEqualTo("999");
    }
  }

  @Test
  void aBranchBeginsWhereItsOriginIsAndGoesItsOwnWay() throws IOException {
    try (LocalMember disk = open();
        LocalMember memory = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT)) {
      for (LocalMember origin : List.of(disk, memory)) {
        for (int i = 0; i < 100; i++) {
          origin.execute(put("a", Integer.toString(i)));
        }
        origin.execute(new Command.Compact(50));
        try (LocalMember branch = branch(origin)) {
          assertThat(branch.view().revision()).isEqualTo(origin.view().revision());
          assertThat(branch.view().compactedRevision()).isEqualTo(50);
          assertThat(value(branch, "a")).isEqualTo("99");
          assertThat(branch.execute(put("a", "branch")))
              .isInstanceOfSatisfying(
                  Outcome.Written.class, done -> assertThat(done.revision()).isEqualTo(102));
          origin.execute(put("b", "origin"));
          assertThat(value(origin, "a")).isEqualTo("99");
          assertThat(value(branch, "a")).isEqualTo("branch");
          assertThat(branch.view().range(request("b")))
              .isInstanceOfSatisfying(
                  StoreView.Found.class, none -> assertThat(none.result().count()).isZero());
          assertThat(branch.view().range(request("a").at(60)))
              .isInstanceOfSatisfying(
                  StoreView.Found.class,
                  past ->
                      assertThat(past.result().entries().getFirst().value())
                          .isEqualTo(Bytes.utf8("58")));
        }
      }
    }
  }

  @Test
  void branchesUnderWritesAreWhole() throws Exception {
    try (LocalMember origin = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT)) {
      origin.execute(put("a", "0"));
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 1; i <= 20_000; i++) {
                  origin.execute(put("a", Integer.toString(i)));
                }
              });
      while (writer.isAlive()) {
        try (LocalMember branch = branch(origin)) {
          long revision = branch.view().revision();
          assertThat(value(branch, "a")).isEqualTo(Long.toString(revision - 2));
          assertThat(branch.execute(put("b", "1"))).isInstanceOf(Outcome.Written.class);
          assertThat(branch.view().revision()).isEqualTo(revision + 1);
        }
      }
      writer.join();
    }
  }

  @Test
  void overdueLeasesEndAtOnceWhenAsked() throws IOException {
    ManualClock time = new ManualClock();
    try (LocalMember member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT, time)) {
      member.execute(new Command.LeaseGrant(7, 60));
      member.execute(new Command.Put(Bytes.utf8("a"), Bytes.EMPTY, 7, false, false, false));
      member.endOverdueLeases();
      assertThat(member.leases().ids()).containsExactly(7L);
      time.advance(Duration.ofSeconds(60));
      member.endOverdueLeases();
      assertThat(member.leases().ids()).isEmpty();
      assertThat(member.view().range(request("a")))
          .isInstanceOfSatisfying(
              StoreView.Found.class, none -> assertThat(none.result().count()).isZero());
    }
  }

  private static LocalMember branch(LocalMember origin) throws IOException {
    return origin.branch(MemoryKv::copyOf, Settings.DEFAULT, Clock.SYSTEM);
  }

  @Test
  void hotKeysAreReadWithoutTheDisk() throws IOException {
    try (LocalMember member = open()) {
      member.execute(put("a", "1"));
      assertThat(member.view().rangeInMemory(request("a"))).isNotNull();
    }
    try (LocalMember member = open()) {
      assertThat(member.view().rangeInMemory(request("a"))).isNull();
      assertThat(value(member, "a")).isEqualTo("1");
      assertThat(member.view().rangeInMemory(request("a"))).isNotNull();
    }
  }

  static Command.Put put(String key, String value) {
    return Command.Put.of(Bytes.utf8(key), Bytes.utf8(value));
  }

  static RangeRequest request(String key) {
    return RangeRequest.of(KeyRange.point(Bytes.utf8(key)));
  }

  static String value(Member member, String key) {
    StoreView.ReadOutcome outcome = member.view().range(request(key));
    assertThat(outcome).isInstanceOf(StoreView.Found.class);
    List<KeyValue> entries = ((StoreView.Found) outcome).result().entries();
    return entries.isEmpty() ? "(absent)" : entries.getFirst().value().utf8();
  }
}
