package dev.pintle.etcd.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pintle.etcd.fake.FakeStream;
import dev.pintle.etcd.fake.FakeView;
import dev.pintle.etcd.plan.PlanReader;
import dev.pintle.etcd.plan.QueuedMethod;
import dev.pintle.etcd.proto.RangeRequest;
import dev.pintle.etcd.watch.CatchUpTurns;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Ranges that are answered as streams, and watchers, at a level of one seat.
class GatedStreamsTest {
  private final ManualQueuingClock time = new ManualQueuingClock();
  private final FairGate gate =
      new FairGate(
          PlanReader.read(
              """
              {"levels": [{"name": "l", "seats": 1, "queues": 1, "handSize": 1, "queueLength": 2}],
               "rules": [{"name": "free", "level": "exempt", "prefixes": ["/free/"]},
                         {"name": "r", "level": "l"}]}
              """
                  .getBytes(StandardCharsets.UTF_8)),
          time.clock(),
          FakeView::new);
  private final List<GrpcStream> begun = new ArrayList<>();
  private final Map<String, Method> methods =
      gate.before(
          Map.of(QueuedMethod.RANGE_STREAM.path(), (Streaming) stream -> new Begun(stream)));

  private final class Begun implements Inbound {
    private final GrpcStream stream;

    Begun(GrpcStream stream) {
      this.stream = stream;
    }

    @Override
    public void message(ByteBuf message) {
      begun.add(stream);
    }

    @Override
    public void halfClosed() {}

    @Override
    public void aborted() {}
  }

  private Inbound range(FakeStream stream, String key) {
    Method method = Objects.requireNonNull(methods.get(QueuedMethod.RANGE_STREAM.path()));
    Inbound inbound = ((Streaming) method).open(stream);
    inbound.message(message(key));
    inbound.halfClosed();
    stream.comeRound();
    return inbound;
  }

  private static ByteBuf message(String key) {
    return Unpooled.wrappedBuffer(
        RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)).build().toByteArray());
  }

  private boolean seatIsTaken() {
    return gate.metrics().contains("flow_seats_in_use{level=\"l\"} 1\n");
  }

  @Test
  void aStreamHasItsSeatUntilItEnds() {
    FakeStream first = new FakeStream();
    FakeStream second = new FakeStream();
    range(first, "a");
    range(second, "b");
    assertThat(begun).hasSize(1);
    begun.getFirst().send(Unpooled.buffer(1));
    begun.getFirst().close(GrpcStatus.OK);
    second.comeRound();
    assertThat(begun).hasSize(2);
    begun.get(1).close(GrpcStatus.OK);
    assertThat(seatIsTaken()).isFalse();
  }

  @Test
  void aClientThatTakesNothingForASecondHasNoSeat() {
    FakeStream slow = new FakeStream();
    range(slow, "a");
    slow.setWritable(false);
    assertThat(begun.getFirst().isWritable()).isFalse();
    begun.getFirst().send(Unpooled.buffer(1));
    time.passSeconds(1);
    assertThat(seatIsTaken()).as("it took something").isTrue();
    time.passSeconds(1);
    assertThat(seatIsTaken()).isFalse();
    time.passSeconds(1);
    assertThat(time.alarms()).isZero();
  }

  @Test
  void aClientThatGoesGivesItsSeatOrItsPlaceBack() {
    Inbound first = range(new FakeStream(), "a");
    FakeStream gone = new FakeStream();
    Inbound second = range(gone, "b");
    second.aborted();
    first.aborted();
    gone.comeRound();
    assertThat(begun).hasSize(1);
    assertThat(seatIsTaken()).isFalse();
  }

  @Test
  void aStreamWithoutAPlaceIsRefused() {
    for (int i = 0; i < 3; i++) {
      range(new FakeStream(), "a");
    }
    FakeStream refused = new FakeStream();
    range(refused, "b");
    assertThat(refused.closedWith())
        .isEqualTo(
            new GrpcStatus(GrpcStatus.Code.RESOURCE_EXHAUSTED, "etcdserver: too many requests")
                .withRetryAfterMillis(1000));
  }

  @Test
  void aStreamAsksOnce() {
    FakeStream stream = new FakeStream();
    Inbound inbound = range(stream, "a");
    inbound.message(message("b"));
    assertThat(begun).hasSize(1);
    assertThat(stream.closedWith())
        .extracting(GrpcStatus::code)
        .isEqualTo(GrpcStatus.Code.INTERNAL);
    assertThat(seatIsTaken()).isFalse();
  }

  @Test
  void anExemptStreamNeverWaits() {
    for (int i = 0; i < 5; i++) {
      range(new FakeStream(), "/free/a");
    }
    assertThat(begun).hasSize(5);
    assertThat(seatIsTaken()).isFalse();
  }

  @Test
  void watchersTakeTurnsToBeToldOfThePast() {
    FakeStream stream = new FakeStream();
    List<String> told = new ArrayList<>();
    KeyRange range = KeyRange.point(Bytes.utf8("a"));
    CatchUpTurns.Turn first = gate.ask(stream, range, 1, asker("first", told));
    CatchUpTurns.Turn second = gate.ask(stream, range, 1, asker("second", told));
    gate.ask(stream, range, 1_000_000, asker("third", told));
    gate.ask(stream, range, 1, asker("fourth", told));
    assertThat(told).isEmpty();
    stream.comeRound();
    assertThat(told).containsExactly("first granted", "fourth refused");
    second.end();
    first.end();
    first.end();
    stream.comeRound();
    assertThat(told).containsExactly("first granted", "fourth refused", "third granted");
    assertThat(seatIsTaken()).isTrue();
    gate.ask(stream, KeyRange.point(Bytes.utf8("/free/a")), 1, asker("free", told));
    stream.comeRound();
    assertThat(told.getLast()).isEqualTo("free granted");
  }

  private static CatchUpTurns.Asker asker(String name, List<String> told) {
    return new CatchUpTurns.Asker() {
      @Override
      public void granted() {
        told.add(name + " granted");
      }

      @Override
      public void refused() {
        told.add(name + " refused");
      }
    };
  }
}
