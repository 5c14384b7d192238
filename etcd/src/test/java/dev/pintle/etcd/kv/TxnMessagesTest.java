package dev.pintle.etcd.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.proto.Compare;
import dev.pintle.etcd.proto.DeleteRangeRequest;
import dev.pintle.etcd.proto.PutRequest;
import dev.pintle.etcd.proto.RangeRequest;
import dev.pintle.etcd.proto.RequestOp;
import dev.pintle.etcd.proto.TxnRequest;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.keyspace.KeyRange;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class TxnMessagesTest {
  private final TxnMessages messages = new TxnMessages(128);

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static FieldReader reader(Message message) {
    return FieldReader.of(Unpooled.wrappedBuffer(message.toByteArray()));
  }

  private static RequestOp put(String key) {
    return RequestOp.newBuilder().setRequestPut(PutRequest.newBuilder().setKey(text(key))).build();
  }

  @Test
  void everyKindOfGuardAndOperationIsRead() {
    TxnRequest request =
        TxnRequest.newBuilder()
            .addCompare(
                Compare.newBuilder()
                    .setTarget(Compare.CompareTarget.MOD)
                    .setResult(Compare.CompareResult.EQUAL)
                    .setKey(text("k"))
                    .setModRevision(7))
            .addCompare(
                Compare.newBuilder()
                    .setTarget(Compare.CompareTarget.VALUE)
                    .setResult(Compare.CompareResult.NOT_EQUAL)
                    .setKey(text("a"))
                    .setRangeEnd(text("b"))
                    .setValue(text("v")))
            .addSuccess(put("p"))
            .addSuccess(
                RequestOp.newBuilder()
                    .setRequestDeleteRange(
                        DeleteRangeRequest.newBuilder().setKey(text("d")).setPrevKv(true)))
            .addFailure(
                RequestOp.newBuilder()
                    .setRequestRange(RangeRequest.newBuilder().setKey(text("r")).setLimit(3)))
            .addFailure(
                RequestOp.newBuilder().setRequestTxn(TxnRequest.newBuilder().addSuccess(put("n"))))
            .build();

    Command.Txn txn = messages.decode(reader(request));

    assertThat(txn.guards())
        .containsExactly(
            new Command.Compare(
                KeyRange.point(Bytes.utf8("k")), Target.MOD, Relation.EQUAL, 7, Bytes.EMPTY),
            new Command.Compare(
                new KeyRange(Bytes.utf8("a"), Bytes.utf8("b")),
                Target.VALUE,
                Relation.NOT_EQUAL,
                0,
                Bytes.utf8("v")));
    assertThat(txn.then())
        .containsExactly(
            Command.Put.of(Bytes.utf8("p"), Bytes.EMPTY),
            new Command.DeleteRange(KeyRange.point(Bytes.utf8("d")), true));
    assertThat(txn.otherwise().get(1))
        .isEqualTo(
            new Command.Txn(
                List.of(), List.of(Command.Put.of(Bytes.utf8("n"), Bytes.EMPTY)), List.of()));
  }

  @Test
  void aNumberThatDoesNotBelongToTheTargetCountsAsZero() {
    Compare compare =
        Compare.newBuilder()
            .setTarget(Compare.CompareTarget.VERSION)
            .setKey(text("k"))
            .setLease(9)
            .build();
    assertThat(CompareFields.decode(reader(compare)).number()).isZero();
  }

  @Test
  void anOperationThatIsNoneIsRefused() {
    TxnRequest request = TxnRequest.newBuilder().addSuccess(RequestOp.getDefaultInstance()).build();
    assertThatThrownBy(() -> messages.decode(reader(request)))
        .hasMessage("etcdserver: key not found");
  }

  @Test
  void aGuardWithoutAKeyIsRefused() {
    TxnRequest request = TxnRequest.newBuilder().addCompare(Compare.getDefaultInstance()).build();
    assertThatThrownBy(() -> messages.decode(reader(request)))
        .hasMessage("etcdserver: key is not provided");
  }

  @Test
  void nestingDeeperThanTheLimitIsRefusedWhileItIsRead() {
    TxnRequest nested = TxnRequest.newBuilder().addSuccess(put("k")).build();
    for (int depth = 0; depth < 200; depth++) {
      nested =
          TxnRequest.newBuilder().addSuccess(RequestOp.newBuilder().setRequestTxn(nested)).build();
    }
    TxnRequest deep = nested;
    assertThatThrownBy(() -> messages.decode(reader(deep)))
        .hasMessage("etcdserver: too many operations in txn request");
  }
}
