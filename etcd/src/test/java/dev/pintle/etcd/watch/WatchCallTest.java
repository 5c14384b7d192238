package dev.pintle.etcd.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pintle.etcd.fake.FakeMember;
import dev.pintle.etcd.fake.FakeStream;
import dev.pintle.etcd.fake.OpenAccess;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.proto.WatchCancelRequest;
import dev.pintle.etcd.proto.WatchCreateRequest;
import dev.pintle.etcd.proto.WatchProgressRequest;
import dev.pintle.etcd.proto.WatchRequest;
import dev.pintle.etcd.proto.WatchResponse;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.member.WatchHub.Spec;
import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchCallTest {
  private static final KeyValue BEFORE =
      new KeyValue(Bytes.utf8("k"), 3, 3, 1, 0, Bytes.utf8("old"));
  private static final WatchEvent PUT =
      new WatchEvent(
          WatchEvent.Kind.PUT,
          new KeyValue(Bytes.utf8("k"), 3, 5, 2, 0, Bytes.utf8("new")),
          BEFORE);

  private final FakeMember member = new FakeMember();
  private final FakeStream stream = new FakeStream();
  private final WatchCall call =
      new WatchCall(
          stream,
          member,
          new HeaderMessage(11, 22, 1),
          OpenAccess.to(member),
          new EventMemo(),
          null);

  private void send(WatchRequest.Builder request) {
    call.message(Unpooled.wrappedBuffer(request.build().toByteArray()));
  }

  private void create(WatchCreateRequest.Builder create) {
    send(WatchRequest.newBuilder().setCreateRequest(create));
  }

  private static WatchCreateRequest.Builder key(String key) {
    return WatchCreateRequest.newBuilder().setKey(ByteString.copyFromUtf8(key));
  }

  private List<WatchResponse> answers() {
    return stream.takeSent(WatchResponse.parser());
  }

  @Test
  void idsAreChosenFromZeroAndPassOverThoseInUse() {
    create(key("a").setWatchId(1));
    create(key("b"));
    create(key("c"));
    assertThat(member.hub.watchers.keySet()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void anIdInUseIsRefusedInEtcdsWords() {
    create(key("a").setWatchId(7));
    create(key("b").setWatchId(7));
    WatchResponse refused = answers().getFirst();
    assertThat(refused.getCreated()).isTrue();
    assertThat(refused.getCanceled()).isTrue();
    assertThat(refused.getWatchId()).isEqualTo(-1);
    assertThat(refused.getHeader().getRevision()).isEqualTo(7);
    assertThat(refused.getCancelReason())
        .isEqualTo("mvcc: duplicate watch ID provided on the WatchStream");
  }

  @Test
  void aNegativeStartIsRefusedAsCompacted() {
    create(key("a").setStartRevision(-1));
    assertThat(answers().getFirst().getCancelReason())
        .isEqualTo("etcdserver: mvcc: required revision has been compacted");
    assertThat(member.hub.watchers).isEmpty();
  }

  @Test
  void aRangeThatEndsBeforeItBeginsIsRefused() {
    create(key("b").setRangeEnd(ByteString.copyFromUtf8("a")));
    assertThat(answers().getFirst().getCancelReason()).isEqualTo("mvcc: watcher range is empty");
  }

  @Test
  void filtersAndOptionsReachTheHub() {
    create(
        key("")
            .setRangeEnd(ByteString.copyFrom(new byte[1]))
            .setStartRevision(4)
            .setPrevKv(true)
            .setProgressNotify(true)
            .addFilters(WatchCreateRequest.FilterType.NODELETE));
    assertThat(member.hub.watchers.get(0L))
        .isEqualTo(new Spec(KeyRange.fromKey(Bytes.wrap(new byte[1])), 4, true, false, true, true));
  }

  @Test
  void onlyWhoAskedIsToldThePreviousValue() {
    create(key("k"));
    create(key("k").setPrevKv(true));
    member.hub.deliver(
        new Notice.Created(0, 4),
        new Notice.Created(1, 4),
        new Notice.Events(0, 5, List.of(PUT)),
        new Notice.Events(1, 5, List.of(PUT)));
    List<WatchResponse> answers = answers();
    assertThat(answers.get(0).getCreated()).isTrue();
    assertThat(answers.get(1).getWatchId()).isEqualTo(1);
    assertThat(answers.get(2).getEvents(0).hasPrevKv()).isFalse();
    assertThat(answers.get(2).getEvents(0).getKv().getValue().toStringUtf8()).isEqualTo("new");
    assertThat(answers.get(3).getEvents(0).getPrevKv().getValue().toStringUtf8()).isEqualTo("old");
    assertThat(answers.get(3).getHeader().getRevision()).isEqualTo(5);
  }

  @Test
  void cancelIsAnsweredOnceAndNothingFollows() {
    create(key("k"));
    WatchCancelRequest cancel = WatchCancelRequest.newBuilder().setWatchId(0).build();
    send(WatchRequest.newBuilder().setCancelRequest(cancel));
    send(WatchRequest.newBuilder().setCancelRequest(cancel));
    member.hub.deliver(new Notice.Events(0, 5, List.of(PUT)));
    List<WatchResponse> answers = answers();
    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst().getCanceled()).isTrue();
    assertThat(member.hub.canceled).containsExactly(0L);
  }

  @Test
  void aCompactedWatcherIsToldWhereHistoryBeginsWithoutARevision() {
    create(key("k").setStartRevision(2));
    member.hub.deliver(new Notice.Created(0, 9), new Notice.Compacted(0, 9, 6));
    WatchResponse ended = answers().get(1);
    assertThat(ended.getCompactRevision()).isEqualTo(6);
    assertThat(ended.getCanceled()).isTrue();
    assertThat(ended.getHeader().getRevision()).isZero();
  }

  @Test
  void progressOfTheWholeStreamHasTheIdMinusOne() {
    send(WatchRequest.newBuilder().setProgressRequest(WatchProgressRequest.getDefaultInstance()));
    assertThat(member.hub.progressRequests).isEqualTo(1);
    member.hub.deliver(new Notice.Progress(-1, 12));
    WatchResponse progress = answers().getFirst();
    assertThat(progress.getWatchId()).isEqualTo(-1);
    assertThat(progress.getHeader().getRevision()).isEqualTo(12);
    assertThat(progress.getEventsCount()).isZero();
  }

  @Test
  void aStreamThatIsNotReadStopsTheHubAndItsOwnRequests() {
    create(key("k"));
    stream.setWritable(false);
    assertThat(member.hub.deliver(new Notice.Created(0, 4))).isFalse();
    create(key("l"));
    assertThat(stream.isPaused()).isTrue();
    stream.setWritable(true);
    assertThat(stream.isPaused()).isFalse();
    assertThat(member.hub.resumes).isEqualTo(1);
  }

  @Test
  void largeAnswersAreSplitForWhoAskedForFragments() {
    KeyValue large = new KeyValue(Bytes.utf8("k"), 1, 5, 1, 0, Bytes.wrap(new byte[1024 * 1024]));
    List<WatchEvent> events =
        Collections.nCopies(3, new WatchEvent(WatchEvent.Kind.PUT, large, null));
    create(key("k").setFragment(true));
    create(key("k"));
    member.hub.deliver(new Notice.Events(0, 5, events), new Notice.Events(1, 5, events));
    List<WatchResponse> answers = answers();
    assertThat(answers).extracting(WatchResponse::getEventsCount).containsExactly(1, 1, 1, 3);
    assertThat(answers)
        .extracting(WatchResponse::getFragment)
        .containsExactly(true, true, false, false);
  }

  @Test
  void abortClosesTheHubsStream() {
    call.aborted();
    assertThat(member.hub.closed).isTrue();
  }
}
