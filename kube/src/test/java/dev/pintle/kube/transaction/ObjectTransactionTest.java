package dev.pintle.kube.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ObjectTransactionTest {
  private static final Bytes A = Bytes.utf8("/registry/a");
  private static final Bytes B = Bytes.utf8("/registry/b");
  private static final Bytes VALUE = Bytes.utf8("{}");

  private LocalMember member;

  @BeforeEach
  void start() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
  }

  @AfterEach
  void stop() {
    member.close();
  }

  private static long keys(Member member) {
    RangeRequest all = RangeRequest.of(KeyRange.prefix(Bytes.utf8("/registry/")));
    return member.view().range(all) instanceof Found(var result) ? result.count() : -1;
  }

  @Test
  void allItsWritesHaveOneRevision() {
    OptionalLong revision;
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      revision =
          transaction.unchanged(A, 0).unchanged(B, 0).put(A, VALUE).put(B, VALUE).commit(member);
    }
    assertThat(revision).hasValue(member.view().revision());
    assertThat(keys(member)).isEqualTo(2);
  }

  @Test
  void oneGuardThatDoesNotHoldStopsAllOfThem() {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.unchanged(A, 0).put(A, VALUE).commit(member);
    }
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.unchanged(A, 0).unchanged(B, 0).put(A, VALUE).put(B, VALUE);
      assertThat(transaction.commit(member)).isEmpty();
    }
    assertThat(keys(member)).isEqualTo(1);
  }

  @Test
  void aLaterWriteOfAKeyTakesThePlaceOfAnEarlierOne() {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.put(A, VALUE).delete(A).put(B, VALUE);
      assertThat(transaction.pending(A)).isNull();
      assertThat(transaction.pending(B)).isEqualTo(VALUE);
      assertThat(transaction.commit(member)).isPresent();
    }
    assertThat(keys(member)).isEqualTo(1);
  }

  @Test
  void whatWaitsForItsEndIsDoneOnceHoweverItEnds() {
    List<String> done = new ArrayList<>();
    ObjectTransaction transaction = new ObjectTransaction();
    transaction.onClose(() -> done.add("unlocked"));
    transaction.close();
    transaction.close();
    assertThat(done).containsExactly("unlocked");
  }
}
