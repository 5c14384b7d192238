package dev.pintle.etcd.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.etcd.fake.FakeMember;
import dev.pintle.etcd.fake.FakeStream;
import dev.pintle.etcd.fake.OpenAccess;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.proto.LeaseKeepAliveRequest;
import dev.pintle.etcd.proto.LeaseKeepAliveResponse;
import dev.pintle.member.LeaseKeeper;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class KeepAliveCallTest {
  private final Map<Long, LongConsumer> asked = new TreeMap<>();
  private final FakeMember member = new FakeMember();
  private final FakeStream stream = new FakeStream();
  private final KeepAliveCall call =
      new KeepAliveCall(
          stream, member, new LeaseMessages(new HeaderMessage(11, 22, 2)), OpenAccess.to(member));

  /// Leases whose renewal is answered when the test says so.
  private final class Leases implements LeaseKeeper {
    @Override
    public Optional<Long> keepAlive(long id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void keepAlive(long id, LongConsumer answered) {
      asked.put(id, answered);
    }

    @Override
    public Optional<TimeToLive> timeToLive(long id, boolean keys) {
      throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong remainingSeconds(long id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Long> ids() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long newId() {
      throw new UnsupportedOperationException();
    }
  }

  private void renew(long id) {
    member.leases = new Leases();
    call.message(
        Unpooled.wrappedBuffer(LeaseKeepAliveRequest.newBuilder().setID(id).build().toByteArray()));
  }

  @Test
  void aClientThatAsksNoMoreHasItsAnswersBeforeTheEnd() {
    renew(7);
    renew(8);
    call.halfClosed();
    assertThat(stream.closedWith()).isNull();
    Objects.requireNonNull(asked.get(8L)).accept(60);
    assertThat(stream.closedWith()).isNull();
    Objects.requireNonNull(asked.get(7L)).accept(0);
    assertThat(stream.takeSent(LeaseKeepAliveResponse.parser()))
        .extracting(answer -> answer.getID() + ": " + answer.getTTL())
        .containsExactly("8: 60", "7: 0");
    assertThat(stream.closedWith()).isEqualTo(GrpcStatus.OK);
  }

  @Test
  void aClientThatAskedNothingIsEndedAtOnce() {
    call.halfClosed();
    assertThat(stream.closedWith()).isEqualTo(GrpcStatus.OK);
  }
}
