package dev.pintle.member.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.member.WatchHub.Spec;
import dev.pintle.member.core.MemberConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CursorHubTest {
  private final HubFixture member = new HubFixture();
  private final HubFixture.Consumer consumer = member.consumer();

  @Test
  void aWatcherIsToldItsStartAndThenWhatHappens() {
    member.put("a", "1");
    consumer.watch(1, HubFixture.from("a", 0));
    member.put("a", "2");
    member.put("b", "2");
    member.delete("a");
    assertThat(consumer.news()).containsExactly("1 created @2", "1: a@3", "1: -a@5");
  }

  @Test
  void aBatchReachesAStreamInOneDelivery() {
    consumer.watch(1, HubFixture.from("a", 0)).watch(2, HubFixture.all(0));
    consumer.news();
    member.core.submit(Command.Put.of(Bytes.utf8("a"), Bytes.utf8("1")), outcome -> {});
    member.core.submit(Command.Put.of(Bytes.utf8("b"), Bytes.utf8("1")), outcome -> {});
    member.core.submit(Command.Put.of(Bytes.utf8("a"), Bytes.utf8("2")), outcome -> {});
    member.settle();
    assertThat(consumer.news()).containsExactly("1: a@2 a@4", "2: a@2 b@3 a@4");
  }

  @Test
  void historyIsGivenFromMemory() {
    member.put("a", "1");
    member.put("b", "1");
    member.put("a", "2");
    consumer.watch(1, HubFixture.from("a", 2));
    member.put("a", "3");
    assertThat(consumer.news()).containsExactly("1 created @4", "1: a@2 a@4", "1: a@5");
  }

  @Test
  void historyOlderThanMemoryIsGivenFromStorage() {
    for (int i = 0; i < 30; i++) {
      member.put("a", "value " + i);
    }
    consumer.watch(1, HubFixture.from("a", 2));
    assertThat(revisions(consumer.news())).isEqualTo(range(2, 31));
  }

  @Test
  void aWriteWhileHistoryIsReadIsNotMissed() {
    for (int i = 0; i < 30; i++) {
      member.put("a", "value " + i);
    }
    consumer.stream.create(1, HubFixture.from("a", 2));
    member.hub.step();
    for (int i = 0; i < 30; i++) {
      member.apply(Command.Put.of(Bytes.utf8("a"), Bytes.EMPTY));
      member.hub.step();
    }
    member.settle();
    member.put("a", "last");
    assertThat(revisions(consumer.news())).isEqualTo(range(2, 62));
  }

  @Test
  void aFutureStartIsSilentUntilThen() {
    consumer.watch(1, HubFixture.from("a", 4));
    member.put("a", "1");
    member.put("a", "2");
    member.put("a", "3");
    member.put("a", "4");
    assertThat(consumer.news()).containsExactly("1 created @1", "1: a@4", "1: a@5");
  }

  @Test
  void aSlowStreamHasNoGapAndNoRepetition() {
    consumer
        .watch(1, HubFixture.from("a", 0))
        .watch(2, HubFixture.from("b", 0))
        .watch(3, HubFixture.all(0));
    consumer.ready = false;
    member.put("a", "1");
    for (int i = 0; i < 25; i++) {
      member.put("a", "more");
    }
    member.put("b", "1");
    assertThat(consumer.news())
        .containsExactly("1 created @1", "2 created @1", "3 created @1", "1: a@2", "3: a@2");
    consumer.resume();
    List<String> news = consumer.news();
    assertThat(revisions(of(1, news))).isEqualTo(range(3, 27));
    assertThat(of(2, news)).containsExactly("2: b@28");
    assertThat(revisions(of(3, news))).isEqualTo(range(3, 28));
    member.put("b", "2");
    assertThat(consumer.news()).containsExactly("2: b@29", "3: b@29");
  }

  /// One change of a key that thousands watch on one stream would otherwise be thousands of answers at once.
  @Test
  void aStreamOfManyWatchersIsGivenNoMoreThanItTakes() {
    int watchers = 1000;
    for (int id = 1; id <= watchers; id++) {
      consumer.stream.create(id, HubFixture.from("a", 0));
    }
    member.settle();
    consumer.news();
    consumer.ready = false;
    member.put("a", "1");
    List<String> first = consumer.news();
    assertThat(first).hasSizeLessThan(100);

    member.put("a", "2");
    member.put("b", "other");
    assertThat(consumer.news()).isEmpty();
    List<String> news = new ArrayList<>(first);
    consumer.stream.resume();
    member.settle();
    List<String> second = consumer.news();
    assertThat(second).isNotEmpty().hasSizeLessThan(100);
    news.addAll(second);
    consumer.resume();
    news.addAll(consumer.news());
    for (int id = 1; id <= watchers; id++) {
      assertThat(revisions(of(id, news))).as("watcher %d", id).isEqualTo(range(2, 3));
    }
    member.put("a", "3");
    assertThat(consumer.news()).hasSize(watchers);
  }

  @Test
  void progressIsToldOnceAStreamHasTakenAll() {
    for (int id = 1; id <= 100; id++) {
      consumer.stream.create(id, HubFixture.from("a", 0));
    }
    member.settle();
    consumer.ready = false;
    member.put("a", "1");
    consumer.stream.requestProgress();
    member.settle();
    assertThat(consumer.news()).noneMatch(told -> told.contains("progress"));
    consumer.resume();
    assertThat(consumer.news()).last().isEqualTo("-1 progress @2");
  }

  @Test
  void aSlowStreamDelaysNobody() {
    HubFixture.Consumer slow = member.consumer();
    slow.watch(1, HubFixture.all(0));
    slow.ready = false;
    consumer.watch(1, HubFixture.all(0));
    for (int i = 0; i < 100; i++) {
      member.put("a", "1");
      assertThat(consumer.news()).last().isEqualTo("1: a@" + (i + 2));
    }
    assertThat(slow.news()).hasSize(2);
  }

  @Test
  void compactionEndsAWatcherThatFellBehindIt() {
    consumer.watch(1, HubFixture.from("a", 0));
    consumer.ready = false;
    for (int i = 0; i < 20; i++) {
      member.put("a", "1");
    }
    member.compact(15);
    consumer.news();
    consumer.resume();
    assertThat(consumer.news()).containsExactly("1 compacted 15");
    member.put("a", "2");
    assertThat(consumer.news()).isEmpty();
  }

  @Test
  void aStartBeforeTheCompactedRevisionIsRefusedAndAtItIsNot() {
    for (int i = 0; i < 20; i++) {
      member.put("a", "1");
    }
    member.compact(15);
    consumer.watch(1, HubFixture.from("a", 14)).watch(2, HubFixture.from("a", 15));
    List<String> news = consumer.news();
    assertThat(of(1, news)).containsExactly("1 created @21", "1 compacted 15");
    assertThat(revisions(of(2, news))).isEqualTo(range(15, 21));
  }

  @Test
  void previousValuesAreFilledForThoseWhoWantThem() {
    Spec previous = new Spec(KeyRange.ALL, 0, true, true, true, false);
    consumer.previousShown = true;
    consumer.watch(1, previous);
    member.put("a", "1");
    member.put("a", "2");
    member.delete("a");
    member.put("a", "3");
    assertThat(consumer.news())
        .containsExactly("1 created @1", "1: a@2", "1: a@3(was 1)", "1: -a@4(was 2)", "1: a@5");
  }

  @Test
  void previousValuesAreReadWhereNobodyRemembersThem() {
    HubFixture forgetful =
        new HubFixture(new MemberConfig(1000, 1 << 20, 8, 1 << 16, 0, 1 << 20, Duration.ZERO, 10));
    forgetful.put("a", "1");
    for (int i = 0; i < 20; i++) {
      forgetful.put("a", "2");
    }
    forgetful.delete("a");
    HubFixture.Consumer reader = forgetful.consumer();
    reader.previousShown = true;
    reader.watch(1, new Spec(KeyRange.ALL, 2, true, true, true, false));
    assertThat(String.join(" ", reader.news()))
        .contains("a@2 a@3(was 1) a@4(was 2)")
        .endsWith("-a@23(was 2)");
    // Whoever opens the store anew waits for scans, and would wait for a reader who waits for it.
    assertThat(forgetful.store.nestedReads).hasValue(0);
  }

  @Test
  void filtersLeaveOutPutsOrDeletes() {
    consumer
        .watch(1, new Spec(KeyRange.ALL, 0, false, true, false, false))
        .watch(2, new Spec(KeyRange.ALL, 0, true, false, false, false));
    consumer.news();
    member.put("a", "1");
    member.delete("a");
    assertThat(consumer.news()).containsExactly("2: a@2", "1: -a@3");
  }

  @Test
  void aCanceledWatcherHearsNothingMore() {
    consumer.watch(1, HubFixture.all(0)).watch(2, HubFixture.all(0));
    consumer.stream.cancel(1);
    consumer.news();
    member.put("a", "1");
    assertThat(consumer.news()).containsExactly("2: a@2");
  }

  @Test
  void aClosedStreamHearsNothingMore() {
    consumer.watch(1, HubFixture.all(0));
    consumer.news();
    consumer.stream.close();
    member.put("a", "1");
    assertThat(consumer.news()).isEmpty();
  }

  @Test
  void aFailingSinkIsClosedAndTheOthersGoOn() {
    member
        .hub
        .open(notices -> {
          throw new IllegalStateException("broken");
        })
        .create(1, HubFixture.all(0));
    consumer.watch(1, HubFixture.all(0));
    consumer.news();
    member.put("a", "1");
    member.put("a", "2");
    assertThat(consumer.news()).containsExactly("1: a@2", "1: a@3");
  }

  @Test
  void anIdleWatcherIsToldTheRevisionFromTimeToTime() {
    Spec progress = new Spec(KeyRange.point(Bytes.utf8("a")), 0, true, true, false, true);
    consumer.watch(1, progress).watch(2, HubFixture.from("a", 0));
    member.put("b", "1");
    consumer.news();
    member.clock.advance(Duration.ofMinutes(10));
    member.settle();
    assertThat(consumer.news()).containsExactly("1 progress @2");
    member.put("a", "1");
    consumer.news();
    member.clock.advance(Duration.ofMinutes(10));
    member.settle();
    assertThat(consumer.news()).isEmpty();
    member.clock.advance(Duration.ofMinutes(10));
    member.settle();
    assertThat(consumer.news()).containsExactly("1 progress @3");
  }

  @Test
  void requestedProgressSpeaksForTheWholeStreamOnceAllAreInSync() {
    for (int i = 0; i < 30; i++) {
      member.put("a", "1");
    }
    consumer.stream.create(1, HubFixture.from("a", 0));
    consumer.stream.create(2, HubFixture.from("a", 2));
    consumer.stream.requestProgress();
    member.hub.step();
    assertThat(consumer.news()).doesNotContain("-1 progress @31");
    member.settle();
    assertThat(consumer.news()).last().isEqualTo("-1 progress @31");
    member.settle();
    assertThat(consumer.news()).isEmpty();
  }

  @Test
  void eachRequestForProgressOfAStreamInSyncHasItsAnswer() {
    consumer.watch(1, HubFixture.from("a", 0));
    consumer.news();
    for (int i = 0; i < 10; i++) {
      consumer.stream.requestProgress();
    }
    member.settle();
    assertThat(consumer.news()).hasSize(10).containsOnly("-1 progress @1");
  }

  @Test
  void nothingComesOfARequestForProgressWhileAWatcherWaitsForTheFuture() {
    consumer.watch(1, HubFixture.from("a", 0)).watch(2, HubFixture.from("a", 4));
    consumer.news();
    consumer.stream.requestProgress();
    member.settle();
    member.put("b", "1");
    member.put("b", "2");
    member.put("b", "3");
    assertThat(consumer.news()).isEmpty();
    consumer.stream.requestProgress();
    member.settle();
    assertThat(consumer.news()).containsExactly("-1 progress @4");
    consumer.watch(3, HubFixture.from("a", 9));
    consumer.stream.cancel(3);
    consumer.stream.requestProgress();
    member.settle();
    assertThat(consumer.news()).containsExactly("3 created @4", "-1 progress @4");
  }

  @Test
  void nothingComesOfARequestForProgressUntilACompactedWatcherIsCanceled() {
    for (int i = 0; i < 20; i++) {
      member.put("a", "1");
    }
    member.compact(15);
    consumer.watch(1, HubFixture.from("a", 0)).watch(2, HubFixture.from("a", 3));
    assertThat(consumer.news()).contains("2 compacted 15");
    consumer.stream.requestProgress();
    member.settle();
    assertThat(consumer.news()).isEmpty();
    consumer.stream.cancel(2);
    consumer.stream.requestProgress();
    member.settle();
    assertThat(consumer.news()).containsExactly("-1 progress @21");
  }

  @Test
  void whatIsDoneInOrderComesAfterWhatWasAskedBefore() {
    consumer.stream.create(1, HubFixture.from("a", 0));
    consumer.stream.inOrder(revision -> consumer.told.add("first @" + revision));
    consumer.stream.create(2, HubFixture.from("a", 0));
    consumer.stream.cancel(2);
    consumer.stream.inOrder(revision -> consumer.told.add("second @" + revision));
    member.settle();
    assertThat(consumer.news())
        .containsExactly("1 created @1", "first @1", "2 created @1", "second @1");
  }

  @Test
  void applyingWaitsForAHubThatIsBehind() {
    consumer.watch(1, HubFixture.all(0));
    for (int i = 0; i < 20; i++) {
      member.apply(Command.Put.of(Bytes.utf8("a"), Bytes.EMPTY));
    }
    assertThat(member.core.view().revision()).isEqualTo(5);
    member.settle();
    assertThat(member.core.view().revision()).isEqualTo(21);
    assertThat(revisions(consumer.news())).isEqualTo(range(2, 21));
  }

  @Test
  void aWatcherOfTheFutureHasNothingToCatchUp() {
    member.put("a", "1");
    List<String> caughtUp = new ArrayList<>();
    consumer.stream.create(1, HubFixture.from("a", 0), () -> caughtUp.add("now"));
    consumer.stream.create(2, HubFixture.from("a", 9), () -> caughtUp.add("later"));
    member.settle();
    assertThat(caughtUp).containsExactly("now", "later");
  }

  @Test
  void whoeverCatchesUpIsToldOfItOnce() {
    for (int i = 0; i < 30; i++) {
      member.put("a", "value " + i);
    }
    List<String> caughtUp = new ArrayList<>();
    consumer.stream.create(1, HubFixture.from("a", 29), () -> caughtUp.add("from memory"));
    consumer.stream.create(2, HubFixture.from("a", 2), () -> caughtUp.add("from storage"));
    consumer.stream.create(3, HubFixture.from("none", 2), () -> caughtUp.add("of nothing"));
    member.hub.step();
    assertThat(caughtUp).doesNotContain("from storage", "of nothing");
    member.settle();
    assertThat(caughtUp).containsExactlyInAnyOrder("from memory", "from storage", "of nothing");
    member.put("a", "more");
    assertThat(caughtUp).hasSize(3);
  }

  @Test
  void aWatcherThatEndsCatchesUpNoMore() {
    for (int i = 0; i < 30; i++) {
      member.put("a", "value " + i);
    }
    List<String> caughtUp = new ArrayList<>();
    consumer.stream.create(1, HubFixture.from("a", 2), () -> caughtUp.add("canceled"));
    member.hub.step();
    consumer.stream.cancel(1);
    member.hub.step();
    assertThat(caughtUp).containsExactly("canceled");
    consumer.stream.create(2, HubFixture.from("a", 2), () -> caughtUp.add("closed"));
    member.hub.step();
    consumer.stream.close();
    consumer.stream.create(3, HubFixture.from("a", 2), () -> caughtUp.add("too late"));
    member.settle();
    assertThat(caughtUp).containsExactly("canceled", "closed", "too late");
  }

  @Test
  void aCompactedWatcherCatchesUpNoMore() {
    for (int i = 0; i < 30; i++) {
      member.put("a", "value " + i);
    }
    member.compact(20);
    List<String> caughtUp = new ArrayList<>();
    consumer.stream.create(1, HubFixture.from("a", 2), () -> caughtUp.add("compacted"));
    member.settle();
    assertThat(caughtUp).containsExactly("compacted");
  }

  /// Whoever does not take what there is could else hold up others for ever.
  @Test
  void aConsumerThatTakesNoMoreCatchesUpNoMoreForNow() {
    for (int i = 0; i < 30; i++) {
      member.put("a", "value " + i);
    }
    List<String> caughtUp = new ArrayList<>();
    consumer.ready = false;
    consumer.stream.create(1, HubFixture.from("a", 2), () -> caughtUp.add("full at once"));
    consumer.stream.create(2, HubFixture.from("a", 2), () -> caughtUp.add("full before"));
    member.settle();
    assertThat(caughtUp).containsExactly("full at once", "full before");
    consumer.resume();
    assertThat(caughtUp).hasSize(2);
  }

  private static List<String> of(long watcher, List<String> news) {
    return news.stream()
        .filter(text -> text.startsWith(watcher + ":") || text.startsWith(watcher + " "))
        .toList();
  }

  /// The revisions of all events told, in the order of telling.
  private static List<Long> revisions(List<String> news) {
    return news.stream()
        .filter(text -> text.contains(": "))
        .flatMap(text -> List.of(text.substring(text.indexOf(':') + 2).split(" ")).stream())
        .map(event -> Long.parseLong(event.substring(event.indexOf('@') + 1)))
        .toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
