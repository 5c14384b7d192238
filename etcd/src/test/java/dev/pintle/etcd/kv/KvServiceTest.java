package dev.pintle.etcd.kv;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.pintle.etcd.fake.FakeCall;
import dev.pintle.etcd.fake.FakeMember;
import dev.pintle.etcd.fake.OpenAccess;
import dev.pintle.etcd.fake.SlowWorkNow;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.proto.CompactionRequest;
import dev.pintle.etcd.proto.PutRequest;
import dev.pintle.etcd.proto.PutResponse;
import dev.pintle.etcd.proto.RangeRequest;
import dev.pintle.etcd.proto.RangeResponse;
import dev.pintle.etcd.proto.RequestOp;
import dev.pintle.etcd.proto.TxnRequest;
import dev.pintle.etcd.proto.TxnResponse;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.StoreView.NotReadable;
import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KvServiceTest {
  private static final KeyValue KV =
      new KeyValue(Bytes.utf8("foo"), 3, 5, 2, 9, Bytes.utf8("live"));

  private final FakeMember member = new FakeMember();
  private final SlowWorkNow slowWork = new SlowWorkNow();
  private final KvService service =
      new KvService(
          member,
          new HeaderMessage(-1L, 22, 2),
          new KvLimits(100, 128),
          OpenAccess.to(member),
          slowWork);

  private FakeCall call(String method, MessageLite request) {
    return FakeCall.of(service.methods(), "/etcdserverpb.KV/" + method, request.toByteArray());
  }

  private static PutRequest.Builder put(String key) {
    return PutRequest.newBuilder().setKey(ByteString.copyFromUtf8(key));
  }

  @Test
  void aPutCarriesItsOptionsAndAnswersWithItsRevision() throws Exception {
    member.outcome = new Outcome.Written(8, new Outcome.PutReply(KV));
    FakeCall call = call("Put", put("foo").setLease(9).setPrevKv(true));
    assertThat(member.submitted)
        .isEqualTo(new Command.Put(Bytes.utf8("foo"), Bytes.EMPTY, 9, true, false, false));
    PutResponse answer = PutResponse.parseFrom(call.reply());
    assertThat(answer.getHeader().getClusterId()).isEqualTo(-1L);
    assertThat(answer.getHeader().getMemberId()).isEqualTo(22);
    assertThat(answer.getHeader().getRevision()).isEqualTo(8);
    assertThat(answer.getHeader().getRaftTerm()).isEqualTo(2);
    assertThat(answer.getPrevKv().getLease()).isEqualTo(9);
  }

  private FakeCall call(String method, PutRequest.Builder request) {
    return call(method, request.build());
  }

  @Test
  void aPutIsRefusedInEtcdsWords() {
    assertThat(call("Put", PutRequest.getDefaultInstance()).status().message())
        .isEqualTo("etcdserver: key is not provided");
    assertThat(
            call("Put", put("k").setIgnoreValue(true).setValue(ByteString.copyFromUtf8("v")))
                .status()
                .message())
        .isEqualTo("etcdserver: value is provided");
    assertThat(call("Put", put("k").setIgnoreLease(true).setLease(1)).status().message())
        .isEqualTo("etcdserver: lease is provided");
    assertThat(call("Put", put("k").setValue(ByteString.copyFrom(new byte[101]))).status())
        .satisfies(status -> {
          assertThat(status.code()).isEqualTo(Code.INVALID_ARGUMENT);
          assertThat(status.message()).isEqualTo("etcdserver: request is too large");
        });
    assertThat(member.submitted).isNull();
  }

  @Test
  void everyRefusalOfTheMemberHasItsCode() {
    member.outcome = new Outcome.Refused.LeaseNotFound(1);
    assertThat(call("Put", put("k")).status().code()).isEqualTo(Code.NOT_FOUND);
    member.outcome = new Outcome.Refused.TooManyRequests(1, 1);
    assertThat(call("Put", put("k")).status().code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    member.outcome = new Outcome.Refused.Stopped("closing");
    assertThat(call("Put", put("k")).status().code()).isEqualTo(Code.UNAVAILABLE);
    member.outcome = new Outcome.Refused.CompactedRevision(1, 5);
    assertThat(call("Compact", CompactionRequest.getDefaultInstance()).status().code())
        .isEqualTo(Code.OUT_OF_RANGE);
  }

  @Test
  void aRangeIsAnsweredFromMemoryOrElseFromTheDisk() throws Exception {
    member.view.outcome = new Found(new RangeResult(List.of(KV), 1, false));
    RangeRequest request = RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("foo")).build();
    for (boolean inMemory : new boolean[] {true, false}) {
      member.view.inMemory = inMemory;
      RangeResponse answer = RangeResponse.parseFrom(call("Range", request).reply());
      assertThat(answer.getHeader().getRevision()).isEqualTo(7);
      assertThat(answer.getCount()).isEqualTo(1);
      assertThat(answer.getKvs(0).getValue().toStringUtf8()).isEqualTo("live");
    }
  }

  @Test
  void aRangeOfEveryOptionReachesTheView() {
    RangeRequest request =
        RangeRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8("a"))
            .setRangeEnd(ByteString.copyFrom(new byte[1]))
            .setLimit(2)
            .setRevision(3)
            .setSortOrder(RangeRequest.SortOrder.DESCEND)
            .setSortTarget(RangeRequest.SortTarget.MOD)
            .setKeysOnly(true)
            .setMinModRevision(4)
            .setMaxCreateRevision(5)
            .setSerializable(true)
            .build();
    call("Range", request);
    assertThat(member.view.requested)
        .isEqualTo(
            new dev.pintle.kernel.keyspace.RangeRequest(
                KeyRange.fromKey(Bytes.utf8("a")),
                3,
                2,
                new dev.pintle.kernel.keyspace.RangeRequest.Sort(
                    dev.pintle.kernel.keyspace.RangeRequest.SortOrder.DESCEND,
                    dev.pintle.kernel.keyspace.RangeRequest.SortTarget.MOD),
                dev.pintle.kernel.keyspace.RangeRequest.Content.KEYS_ONLY,
                new dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow(4, 0),
                new dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow(0, 5)));
  }

  @Test
  void aRangeAtARevisionThatIsGoneIsRefused() {
    member.view.outcome = new NotReadable(new Outcome.Refused.CompactedRevision(1, 5));
    RangeRequest request =
        RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("a")).setRevision(1).build();
    assertThat(call("Range", request).status().message())
        .isEqualTo("etcdserver: mvcc: required revision has been compacted");
  }

  @Test
  void aTransactionThatOnlyReadsTakesNoPlaceInTheLog() throws Exception {
    TxnRequest reads =
        TxnRequest.newBuilder()
            .addSuccess(
                RequestOp.newBuilder()
                    .setRequestRange(
                        RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("a"))))
            .build();
    for (boolean inMemory : new boolean[] {true, false}) {
      member.view.inMemory = inMemory;
      TxnResponse answer = TxnResponse.parseFrom(call("Txn", reads).reply());
      assertThat(answer.getSucceeded()).isTrue();
      assertThat(answer.getHeader().getRevision()).isEqualTo(7);
    }
    assertThat(member.submitted).isNull();
  }

  @Test
  void aTransactionThatMayWriteGoesThroughTheLog() {
    TxnRequest mayWrite =
        TxnRequest.newBuilder().addFailure(RequestOp.newBuilder().setRequestPut(put("k"))).build();
    member.outcome = new Outcome.TxnApplied(8, new Outcome.TxnReply(true, List.of()));
    call("Txn", mayWrite).reply();
    assertThat(member.submitted).isInstanceOf(Command.Txn.class);
  }

  /// Whether there is room by the time it is told does not matter.
  @Test
  void aMemberWithoutRoomSaysSoInEtcdsWords() {
    member.outcome = new Outcome.Refused.OutOfSpace("the log cannot be written");
    member.outOfSpace = false;
    assertThat(call("Put", put("k")).status())
        .isEqualTo(
            new GrpcStatus(Code.RESOURCE_EXHAUSTED, "etcdserver: mvcc: database space exceeded"));
  }

  /// Not that there is no room: it may have been written.
  @Test
  void aCommandWhoseFateIsUnknownTimedOutInEtcdsWords() {
    member.outcome = new Outcome.Refused.TimedOut("the store cannot be written now");
    member.outOfSpace = true;
    assertThat(call("Put", put("k")).status())
        .isEqualTo(new GrpcStatus(Code.UNAVAILABLE, "etcdserver: request timed out"));
  }

  @Test
  void bytesThatAreNoMessageAreAnInternalError() {
    FakeCall call =
        FakeCall.of(service.methods(), "/etcdserverpb.KV/Put", new byte[] {0x0a, 0x7f, 1});
    assertThat(call.status().code()).isEqualTo(Code.INTERNAL);
  }

  private FakeCall all(AnswerRoom room) {
    RangeRequest request =
        RangeRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8("a"))
            .setRangeEnd(ByteString.copyFromUtf8("b"))
            .build();
    return FakeCall.of(service.methods(), "/etcdserverpb.KV/Range", request.toByteArray(), room);
  }

  private void storeHoldsMuch() {
    KeyValue large = new KeyValue(Bytes.utf8("a"), 3, 5, 2, 9, Bytes.wrap(new byte[100_000]));
    member.view.outcome = new Found(new RangeResult(List.of(large, large), 2, false));
  }

  @Test
  void anAnswerOfAnySizeThatHasRoomIsGiven() throws Exception {
    storeHoldsMuch();
    assertThat(RangeResponse.parseFrom(all(AnswerRoom.ENDLESS).reply()).getKvsCount()).isEqualTo(2);
  }

  @Test
  void anAnswerThatIsTooLargeIsRefusedForGoodAndOneThatFindsNoRoomForNow() {
    storeHoldsMuch();
    GrpcStatus tooLarge = all(bytes -> AnswerRoom.Grant.ANSWER_TOO_LARGE).status();
    assertThat(tooLarge.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(tooLarge.message()).startsWith("etcdserver: response is too large");
    GrpcStatus later = all(bytes -> AnswerRoom.Grant.BUDGET_EXHAUSTED).status();
    assertThat(later.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(later.message()).isEqualTo("etcdserver: too many requests");
  }

  private void storeHolds(int entries) {
    KeyValue large = new KeyValue(Bytes.utf8("a"), 3, 5, 2, 9, Bytes.wrap(new byte[100_000]));
    member.view.inMemory = false;
    member.view.outcome =
        new Found(new RangeResult(Collections.nCopies(entries, large), entries, false));
  }

  @Test
  void aReadWhoseAnswerIsShortWaitsForNobody() throws Exception {
    storeHolds(5);
    assertThat(RangeResponse.parseFrom(all(AnswerRoom.ENDLESS).reply()).getKvsCount()).isEqualTo(5);
    assertThat(slowWork.longFor()).isEmpty();
  }

  @Test
  void aReadThatTurnsOutToBeLongIsMadeWhereClientsTakeTurns() throws Exception {
    storeHolds(50);
    assertThat(RangeResponse.parseFrom(all(AnswerRoom.ENDLESS).reply()).getKvsCount())
        .isEqualTo(50);
    assertThat(slowWork.longFor()).hasSize(1);
  }

  @Test
  void oneKeyOfAnySizeWaitsForNobody() throws Exception {
    KeyValue large = new KeyValue(Bytes.utf8("a"), 3, 5, 2, 9, Bytes.wrap(new byte[1_400_000]));
    member.view.inMemory = false;
    member.view.outcome = new Found(new RangeResult(List.of(large), 1, false));
    assertThat(RangeResponse.parseFrom(all(AnswerRoom.ENDLESS).reply()).getKvsCount()).isEqualTo(1);
    assertThat(slowWork.longFor()).isEmpty();
  }

  /// It may look at a million keys and answer none.
  @Test
  void aReadThatSelectsByRevisionIsLongWhateverItAnswers() {
    RangeRequest.Builder selective =
        RangeRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8("a"))
            .setRangeEnd(ByteString.copyFromUtf8("b"))
            .setMinModRevision(3);
    assertThat(call("Range", selective.build()).reply()).isNotEmpty();
    assertThat(slowWork.longFor()).hasSize(1);

    RequestOp.Builder operation = RequestOp.newBuilder().setRequestRange(selective);
    RequestOp nested =
        RequestOp.newBuilder().setRequestTxn(TxnRequest.newBuilder().addFailure(operation)).build();
    TxnRequest txn = TxnRequest.newBuilder().addSuccess(nested).build();
    assertThat(call("Txn", txn).reply()).isNotEmpty();
    assertThat(slowWork.longFor()).hasSize(2);
  }

  @Test
  void aLongReadIsNotBegunAnewWithoutRoomForWhatIsKnownOfIt() {
    storeHolds(50);
    AtomicLong taken = new AtomicLong();
    AnswerRoom room =
        new AnswerRoom() {
          private long used;

          @Override
          public Grant take(long bytes) {
            used += bytes;
            taken.addAndGet(bytes);
            return used > AnswerMeter.PIECE_BYTES - 1 ? Grant.BUDGET_EXHAUSTED : Grant.GIVEN;
          }

          @Override
          public void give(long bytes) {
            used -= bytes;
          }
        };
    assertThat(all(room).status().message()).isEqualTo("etcdserver: too many requests");
    assertThat(taken.get()).isLessThanOrEqualTo(2 * AnswerMeter.PIECE_BYTES);
  }

  @Test
  void whatWasTakenForTheFirstAttemptIsGivenBack() throws Exception {
    storeHolds(50);
    AtomicLong used = new AtomicLong();
    AnswerRoom room =
        new AnswerRoom() {
          @Override
          public Grant take(long bytes) {
            used.addAndGet(bytes);
            return Grant.GIVEN;
          }

          @Override
          public void give(long bytes) {
            used.addAndGet(-bytes);
          }
        };
    assertThat(RangeResponse.parseFrom(all(room).reply()).getKvsCount()).isEqualTo(50);
    assertThat(used.get()).isBetween(50 * 100_000L, 51 * 100_000L);
  }

  @Test
  void aWriteWhoseAnswerHadNoRoomIsToldSo() {
    member.outcome = new Outcome.Unanswered(9);
    assertThat(call("Put", put("foo").setPrevKv(true)).status().code())
        .isEqualTo(Code.RESOURCE_EXHAUSTED);
  }
}
