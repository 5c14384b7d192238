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
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Watchers that wait for a turn before they are told of the past. The store is at revision 7.
class WatchTurnTest {
  private final FakeMember member = new FakeMember();
  private final FakeStream stream = new FakeStream();
  private final Turns turns = new Turns();
  private final WatchCall call =
      new WatchCall(
          stream,
          member,
          new HeaderMessage(11, 22, 1),
          OpenAccess.to(member),
          new EventMemo(),
          turns);

  /// Turns that are given and refused by the test.
  private static final class Turns implements CatchUpTurns {
    private final List<String> asked = new ArrayList<>();
    private final List<Asker> askers = new ArrayList<>();
    private int ended;

    @Override
    public Turn ask(GrpcStream stream, KeyRange range, long revisions, Asker asker) {
      asked.add("%s: %d".formatted(range.from(), revisions));
      askers.add(asker);
      return () -> ended++;
    }
  }

  private void send(WatchRequest.Builder request) {
    call.message(Unpooled.wrappedBuffer(request.build().toByteArray()));
  }

  private void create(String key, long startRevision) {
    send(
        WatchRequest.newBuilder()
            .setCreateRequest(
                WatchCreateRequest.newBuilder()
                    .setKey(ByteString.copyFromUtf8(key))
                    .setStartRevision(startRevision)));
  }

  private List<WatchResponse> answers() {
    return stream.takeSent(WatchResponse.parser());
  }

  @Test
  void onlyWhoeverIsToldOfThePastNeedsATurn() {
    create("now", 0);
    create("later", 8);
    assertThat(turns.asked).isEmpty();
    create("past", 5);
    assertThat(turns.asked).containsExactly("past: 3");
    assertThat(member.hub.watchers.keySet()).containsExactly(0L, 1L);
    turns.askers.getFirst().granted();
    assertThat(member.hub.watchers.keySet()).containsExactly(0L, 1L, 2L);
    assertThat(turns.ended).isZero();
    Objects.requireNonNull(member.hub.catchingUp.get(2L)).run();
    assertThat(turns.ended).isEqualTo(1);
  }

  @Test
  void whatTheClientSaysMeanwhileWaitsAndKeepsItsOrder() {
    create("past", 5);
    assertThat(stream.isPaused()).isTrue();
    create("now", 0);
    create("past again", 6);
    send(WatchRequest.newBuilder().setProgressRequest(WatchProgressRequest.newBuilder()));
    send(WatchRequest.newBuilder().setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(0)));
    stream.setWritable(true);
    assertThat(stream.isPaused()).as("room to write is no turn").isTrue();
    assertThat(member.hub.watchers).isEmpty();
    turns.askers.getFirst().granted();
    assertThat(member.hub.watchers.keySet()).containsExactly(0L, 1L);
    assertThat(member.hub.progressRequests).isZero();
    assertThat(stream.isPaused()).isTrue();
    turns.askers.get(1).granted();
    assertThat(member.hub.watchers.keySet()).containsExactly(0L, 1L, 2L);
    assertThat(member.hub.progressRequests).isEqualTo(1);
    assertThat(member.hub.canceled).containsExactly(0L);
    assertThat(stream.isPaused()).isFalse();
  }

  @Test
  void aWatcherWithoutATurnIsRefusedInEtcdsWordsAndTheStreamGoesOn() {
    create("past", 5);
    turns.askers.getFirst().refused();
    WatchResponse refused = answers().getFirst();
    assertThat(refused.getCreated()).isTrue();
    assertThat(refused.getCanceled()).isTrue();
    assertThat(refused.getWatchId()).isEqualTo(-1);
    assertThat(refused.getCancelReason()).isEqualTo("etcdserver: too many requests");
    assertThat(stream.isPaused()).isFalse();
    create("now", 0);
    assertThat(member.hub.watchers.keySet()).containsExactly(0L);
  }

  @Test
  void aClientThatGoesWaitsNoMore() {
    create("past", 5);
    create("now", 0);
    call.aborted();
    assertThat(turns.ended).isEqualTo(1);
    assertThat(member.hub.closed).isTrue();
  }

  @Test
  void aTurnForAWatcherThatIsRefusedIsGivenBack() {
    send(
        WatchRequest.newBuilder()
            .setCreateRequest(
                WatchCreateRequest.newBuilder()
                    .setKey(ByteString.copyFromUtf8("b"))
                    .setRangeEnd(ByteString.copyFromUtf8("a"))
                    .setStartRevision(1)));
    turns.askers.getFirst().granted();
    assertThat(answers().getFirst().getCancelReason()).isEqualTo("mvcc: watcher range is empty");
    assertThat(turns.ended).isEqualTo(1);
  }
}
