package dev.pintle.etcd.queuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.pintle.etcd.fake.FakeView;
import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.etcd.plan.QueuedMethod;
import dev.pintle.etcd.proto.CompactionRequest;
import dev.pintle.etcd.proto.Compare;
import dev.pintle.etcd.proto.DeleteRangeRequest;
import dev.pintle.etcd.proto.PutRequest;
import dev.pintle.etcd.proto.RangeRequest;
import dev.pintle.etcd.proto.RangeRequest.SortOrder;
import dev.pintle.etcd.proto.RangeRequest.SortTarget;
import dev.pintle.etcd.proto.RequestOp;
import dev.pintle.etcd.proto.TxnRequest;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.member.StoreView.Found;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestReadingTest {
  private static final int SEATS_MAX = 50;

  private final FakeView view = new FakeView();

  private RequestReading read(QueuedMethod method, MessageLite message) {
    return RequestReading.of(method, Unpooled.wrappedBuffer(message.toByteArray()), view);
  }

  private void holds(long keys) {
    view.outcome = new Found(new RangeResult(List.of(), keys, false));
  }

  private int seats(RangeRequest.Builder range) {
    range.setKey(key("/a/")).setRangeEnd(key("/a0"));
    return read(QueuedMethod.RANGE, range.build()).seats(1000, SEATS_MAX);
  }

  private static ByteString key(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static RequestOp put(String key) {
    return RequestOp.newBuilder().setRequestPut(PutRequest.newBuilder().setKey(key(key))).build();
  }

  private static RequestOp range(String from, String end) {
    return RequestOp.newBuilder()
        .setRequestRange(RangeRequest.newBuilder().setKey(key(from)).setRangeEnd(key(end)))
        .build();
  }

  private static RequestOp nested(TxnRequest.Builder txn) {
    return RequestOp.newBuilder().setRequestTxn(txn).build();
  }

  @Test
  void eachMethodReachesTheKeysItNames() {
    Bytes a = Bytes.utf8("/a");
    assertThat(read(QueuedMethod.PUT, PutRequest.newBuilder().setKey(key("/a")).build()).reach())
        .isEqualTo(KeyRange.point(a));
    RangeRequest prefix =
        RangeRequest.newBuilder().setKey(key("/a")).setRangeEnd(key("/b")).build();
    assertThat(read(QueuedMethod.RANGE, prefix).reach()).isEqualTo(KeyRange.prefix(a));
    assertThat(read(QueuedMethod.RANGE_STREAM, prefix).reach()).isEqualTo(KeyRange.prefix(a));
    DeleteRangeRequest rest =
        DeleteRangeRequest.newBuilder().setKey(key("/a")).setRangeEnd(key("\0")).build();
    assertThat(read(QueuedMethod.DELETE_RANGE, rest).reach()).isEqualTo(KeyRange.fromKey(a));
    assertThat(read(QueuedMethod.COMPACT, CompactionRequest.newBuilder().build()).reach()).isNull();
    assertThat(read(QueuedMethod.TXN, TxnRequest.newBuilder().build()).reach()).isNull();
  }

  @Test
  void aTransactionReachesAllThatItsGuardsAndOperationsName() {
    TxnRequest.Builder inner = TxnRequest.newBuilder().addFailure(range("/m", "/p"));
    TxnRequest txn =
        TxnRequest.newBuilder()
            .addCompare(Compare.newBuilder().setKey(key("/d")))
            .addSuccess(put("/e"))
            .addFailure(nested(inner))
            .build();
    assertThat(read(QueuedMethod.TXN, txn).reach())
        .isEqualTo(new KeyRange(Bytes.utf8("/d"), Bytes.utf8("/p")));
    TxnRequest endless =
        TxnRequest.newBuilder().addSuccess(put("/e")).addSuccess(range("/f", "\0")).build();
    assertThat(read(QueuedMethod.TXN, endless).reach())
        .isEqualTo(KeyRange.fromKey(Bytes.utf8("/e")));
    TxnRequest guarded =
        TxnRequest.newBuilder()
            .addCompare(Compare.newBuilder().setKey(key("/a")).setRangeEnd(key("/b")))
            .build();
    assertThat(read(QueuedMethod.TXN, guarded).reach())
        .isEqualTo(KeyRange.prefix(Bytes.utf8("/a")));
  }

  @Test
  void aRangeCostsWhatItReads() {
    holds(1000);
    assertThat(seats(RangeRequest.newBuilder())).isEqualTo(11);
    assertThat(seats(RangeRequest.newBuilder().setLimit(100))).isEqualTo(2);
    assertThat(seats(RangeRequest.newBuilder().setLimit(5000))).isEqualTo(11);
    assertThat(seats(RangeRequest.newBuilder().setKeysOnly(true))).isEqualTo(2);
    assertThat(seats(RangeRequest.newBuilder().setCountOnly(true))).isEqualTo(1);
    assertThat(seats(RangeRequest.newBuilder().setCountOnly(true).setRevision(3))).isEqualTo(1);
    holds(100_000);
    assertThat(seats(RangeRequest.newBuilder())).isEqualTo(SEATS_MAX);
    assertThat(seats(RangeRequest.newBuilder().setCountOnly(true))).isEqualTo(1);
    assertThat(seats(RangeRequest.newBuilder().setCountOnly(true).setRevision(3))).isEqualTo(9);
  }

  @Test
  void aLimitSparesNothingWhereAllMustBeRead() {
    holds(1000);
    RangeRequest.Builder ascending =
        RangeRequest.newBuilder().setLimit(1).setSortOrder(SortOrder.ASCEND);
    assertThat(seats(ascending.clone())).isEqualTo(1);
    assertThat(seats(ascending.clone().setSortTarget(SortTarget.MOD))).isEqualTo(11);
    assertThat(seats(ascending.clone().setSortOrder(SortOrder.DESCEND))).isEqualTo(11);
    assertThat(seats(RangeRequest.newBuilder().setLimit(1).setMinModRevision(2))).isEqualTo(11);
  }

  @Test
  void aPutCostsItsBytesAndADeletionItsKeys() {
    PutRequest put =
        PutRequest.newBuilder().setKey(key("a")).setValue(key("x".repeat(250_000))).build();
    assertThat(read(QueuedMethod.PUT, put).seats(1000, SEATS_MAX)).isEqualTo(3);
    holds(10_000);
    DeleteRangeRequest.Builder delete =
        DeleteRangeRequest.newBuilder().setKey(key("a")).setRangeEnd(key("b"));
    assertThat(read(QueuedMethod.DELETE_RANGE, delete.build()).seats(1000, SEATS_MAX))
        .isEqualTo(13);
    assertThat(
            read(QueuedMethod.DELETE_RANGE, delete.setPrevKv(true).build()).seats(100, SEATS_MAX))
        .isEqualTo(23);
  }

  @Test
  void theOperationsOfATransactionAddUp() {
    TxnRequest.Builder txn = TxnRequest.newBuilder();
    for (int i = 0; i < 400; i++) {
      txn.addSuccess(put("/a"));
    }
    assertThat(read(QueuedMethod.TXN, txn.build()).seats(1000, SEATS_MAX)).isEqualTo(3);
    holds(100);
    assertThat(
            read(
                    QueuedMethod.TXN,
                    TxnRequest.newBuilder()
                        .addSuccess(range("/a", "/b"))
                        .addFailure(nested(TxnRequest.newBuilder().addSuccess(range("/a", "/c"))))
                        .build())
                .seats(1000, SEATS_MAX))
        .isEqualTo(3);
  }

  @Test
  void aTransactionBeyondAllMeasureCountsAsTheDearestOfAllKeys() {
    TxnRequest.Builder many = TxnRequest.newBuilder();
    for (int i = 0; i < RequestReading.OPERATIONS_MAX; i++) {
      many.addSuccess(put("/a"));
    }
    assertThat(read(QueuedMethod.TXN, many.build()).reach())
        .isEqualTo(KeyRange.point(Bytes.utf8("/a")));
    many.addSuccess(put("/a"));
    assertDearest(many);
    TxnRequest.Builder ranges = TxnRequest.newBuilder();
    for (int i = 0; i <= RequestReading.RANGES_COUNTED_MAX; i++) {
      ranges.addSuccess(range("/a", "/b"));
    }
    assertDearest(ranges);
    TxnRequest.Builder deep = TxnRequest.newBuilder().addSuccess(put("/a"));
    for (int i = 0; i < 70; i++) {
      deep = TxnRequest.newBuilder().addSuccess(nested(deep));
    }
    assertDearest(deep);
  }

  private void assertDearest(TxnRequest.Builder txn) {
    RequestReading reading = read(QueuedMethod.TXN, txn.build());
    assertThat(reading.reach()).isEqualTo(KeyRange.ALL);
    assertThat(reading.seats(1000, SEATS_MAX)).isEqualTo(SEATS_MAX);
  }

  @Test
  void whatIsNoMessageIsNotRead() {
    assertThatThrownBy(() ->
            RequestReading.of(
                QueuedMethod.PUT, Unpooled.wrappedBuffer(new byte[] {10, 5, 1}), view))
        .isInstanceOf(MalformedMessage.class);
  }
}
