package dev.pintle.etcd.kv;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pintle.etcd.fake.FakeMember;
import dev.pintle.etcd.fake.FakeStream;
import dev.pintle.etcd.fake.OpenAccess;
import dev.pintle.etcd.fake.SlowWorkNow;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.proto.RangeRequest;
import dev.pintle.etcd.proto.RangeStreamResponse;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Outcome.Refused.CompactedRevision;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.StoreView.NotReadable;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RangeStreamCallTest {
  private final FakeMember member = new FakeMember();
  private final FakeStream stream = new FakeStream();
  private final RangeStreamCall call =
      new RangeStreamCall(
          stream, member, new HeaderMessage(11, 22, 1), OpenAccess.to(member), new SlowWorkNow());

  private void ask(RangeRequest.Builder request) {
    request.setKey(ByteString.copyFromUtf8("a"));
    call.message(Unpooled.wrappedBuffer(request.build().toByteArray()));
  }

  private GrpcStatus closedWith() {
    return Objects.requireNonNull(stream.closedWith());
  }

  @Test
  void theHeaderAndTheCountComeWithTheLastPiece() {
    KeyValue large = new KeyValue(Bytes.utf8("a"), 2, 2, 1, 0, Bytes.wrap(new byte[200 * 1024]));
    member.view.outcome = new Found(new RangeResult(Collections.nCopies(7, large), 9, true));
    ask(RangeRequest.newBuilder().setLimit(7));
    List<RangeStreamResponse> pieces = stream.takeSent(RangeStreamResponse.parser());
    assertThat(pieces)
        .extracting(piece -> piece.getRangeResponse().getKvsCount())
        .containsExactly(3, 3, 1);
    assertThat(pieces)
        .extracting(piece -> piece.getRangeResponse().hasHeader())
        .containsExactly(false, false, true);
    assertThat(pieces.getLast().getRangeResponse().getHeader().getRevision()).isEqualTo(7);
    assertThat(pieces.getLast().getRangeResponse().getCount()).isEqualTo(9);
    assertThat(pieces.getLast().getRangeResponse().getMore()).isTrue();
    assertThat(closedWith()).isEqualTo(GrpcStatus.OK);
  }

  @Test
  void anEmptyRangeIsOnePiece() {
    ask(RangeRequest.newBuilder());
    assertThat(stream.takeSent(RangeStreamResponse.parser())).hasSize(1);
    assertThat(closedWith()).isEqualTo(GrpcStatus.OK);
  }

  @Test
  void sortsAndFiltersAreNotServedHere() {
    ask(RangeRequest.newBuilder().setSortOrder(RangeRequest.SortOrder.DESCEND));
    assertThat(closedWith().code()).isEqualTo(Code.UNIMPLEMENTED);
    assertThat(closedWith().message()).isEqualTo("RangeStream does not support custom sort orders");
  }

  @Test
  void windowsOfRevisionsAreNotServedHere() {
    ask(RangeRequest.newBuilder().setMinModRevision(3));
    assertThat(closedWith().message()).isEqualTo("RangeStream does not support revision filters");
  }

  @Test
  void aStreamIsAskedOnce() {
    ask(RangeRequest.newBuilder());
    ask(RangeRequest.newBuilder());
    assertThat(stream.takeSent(RangeStreamResponse.parser())).hasSize(1);
    assertThat(closedWith().code()).isEqualTo(Code.INTERNAL);
  }

  @Test
  void aRevisionThatIsGoneIsRefused() {
    member.view.outcome = new NotReadable(new CompactedRevision(1, 5));
    ask(RangeRequest.newBuilder().setRevision(1));
    assertThat(closedWith().code()).isEqualTo(Code.OUT_OF_RANGE);
  }
}
