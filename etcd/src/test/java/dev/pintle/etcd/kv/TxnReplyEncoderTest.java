package dev.pintle.etcd.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.etcd.proto.TxnResponse;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Outcome.DeleteReply;
import dev.pintle.kernel.command.Outcome.PutReply;
import dev.pintle.kernel.command.Outcome.RangeReply;
import dev.pintle.kernel.command.Outcome.Reply;
import dev.pintle.kernel.command.Outcome.TxnApplied;
import dev.pintle.kernel.command.Outcome.TxnReply;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeResult;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class TxnReplyEncoderTest {
  private static final KeyValue KV = new KeyValue(Bytes.utf8("k"), 3, 4, 2, 0, Bytes.utf8("value"));
  private static final Reply RANGE = new RangeReply(new RangeResult(List.of(KV), 1, false));

  private static TxnResponse encode(long revision, Reply... replies) throws Exception {
    var encoder =
        new TxnReplyEncoder(new TxnApplied(revision, new TxnReply(true, List.of(replies))));
    int size = encoder.bodySize();
    ByteBuf out = Unpooled.buffer(size);
    encoder.writeBody(out);
    assertThat(out.readableBytes()).isEqualTo(size);
    return TxnResponse.parseFrom(out.nioBuffer());
  }

  @Test
  void readsBeforeTheFirstChangeAnswerWithTheRevisionBefore() throws Exception {
    TxnResponse answer = encode(10, RANGE, new PutReply(null), RANGE);
    assertThat(answer.getResponses(0).getResponseRange().getHeader().getRevision()).isEqualTo(9);
    assertThat(answer.getResponses(1).getResponsePut().getHeader().getRevision()).isEqualTo(10);
    assertThat(answer.getResponses(2).getResponseRange().getHeader().getRevision()).isEqualTo(10);
  }

  @Test
  void aTransactionThatChangesNothingAnswersWithTheStoresRevision() throws Exception {
    TxnResponse answer = encode(10, RANGE, new DeleteReply(0, List.of()));
    assertThat(answer.getSucceeded()).isTrue();
    assertThat(answer.getResponses(0).getResponseRange().getKvs(0).getValue().toStringUtf8())
        .isEqualTo("value");
    assertThat(answer.getResponses(1).getResponseDeleteRange().getHeader().getRevision())
        .isEqualTo(10);
  }

  @Test
  void aNestedTransactionHasAnEmptyHeaderAndItsAnswersAFullOne() throws Exception {
    Reply nested = new TxnReply(false, List.of(new DeleteReply(2, List.of(KV)), RANGE));
    TxnResponse answer = encode(10, RANGE, nested, new PutReply(KV));
    TxnResponse inner = answer.getResponses(1).getResponseTxn();
    assertThat(inner.hasHeader()).isTrue();
    assertThat(inner.getHeader().getRevision()).isZero();
    assertThat(inner.getSucceeded()).isFalse();
    assertThat(inner.getResponses(0).getResponseDeleteRange().getDeleted()).isEqualTo(2);
    assertThat(inner.getResponses(1).getResponseRange().getHeader().getRevision()).isEqualTo(10);
    assertThat(answer.getResponses(2).getResponsePut().getPrevKv().getVersion()).isEqualTo(2);
  }
}
