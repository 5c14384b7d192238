package dev.pintle.etcd.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.etcd.fake.FakeView;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.member.StoreView.Found;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarliestKeysTest {
  private final FakeView view = new FakeView();

  private EarliestKeys keys(int keysMax, long... created) {
    List<KeyValue> entries = new ArrayList<>();
    for (long revision : created) {
      entries.add(new KeyValue(key(revision), revision, revision, 1, 0, Bytes.EMPTY));
    }
    view.outcome = new Found(new RangeResult(entries, entries.size(), false));
    return EarliestKeys.of(view, KeyRange.ALL, keysMax);
  }

  private static Bytes key(long revision) {
    return Bytes.utf8("k" + revision);
  }

  @Test
  void theFirstThatIsLeftIsKnown() {
    EarliestKeys keys = keys(10, 7, 3, 5);
    assertThat(keys.firstRevision()).isEqualTo(3);
    keys.disappeared(key(3));
    keys.disappeared(key(99));
    assertThat(keys.firstRevision()).isEqualTo(5);
    keys.appeared(key(8), 8);
    keys.disappeared(key(5));
    keys.disappeared(key(7));
    assertThat(keys.firstRevision()).isEqualTo(8);
    keys.disappeared(key(8));
    assertThat(keys.isSpent()).isFalse();
    assertThat(keys.firstRevision()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void ofMoreThanAreKeptTheFirstAreAndTheRestIsLookedForOnceTheyAreGone() {
    EarliestKeys keys = keys(2, 9, 3, 7, 5);
    assertThat(keys.firstRevision()).isEqualTo(3);
    keys.appeared(key(11), 11);
    keys.disappeared(key(3));
    assertThat(keys.firstRevision()).isEqualTo(5);
    assertThat(keys.isSpent()).isFalse();
    keys.disappeared(key(5));
    assertThat(keys.isSpent()).isTrue();
  }

  @Test
  void aKeyThatComesWhenThereIsNoRoomIsLookedForLater() {
    EarliestKeys keys = keys(1, 4);
    keys.appeared(key(6), 6);
    keys.disappeared(key(4));
    assertThat(keys.isSpent()).isTrue();
  }

  @Test
  void keysOfOneRevisionCountEach() {
    EarliestKeys keys = keys(5);
    keys.appeared(Bytes.utf8("a"), 4);
    keys.appeared(Bytes.utf8("b"), 4);
    keys.disappeared(Bytes.utf8("a"));
    assertThat(keys.firstRevision()).isEqualTo(4);
  }
}
