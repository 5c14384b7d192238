package dev.pintle.etcd.lease;

import dev.pintle.etcd.auth.AccessControl;
import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.auth.KeyAccess;
import dev.pintle.member.Member;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;

/// One `LeaseKeepAlive` stream: a renewal in, an answer out.
final class KeepAliveCall implements Inbound {
  private final GrpcStream stream;
  private final Member member;
  private final LeaseMessages messages;
  private final AccessControl access;

  KeepAliveCall(GrpcStream stream, Member member, LeaseMessages messages, AccessControl access) {
    this.access = access;
    this.stream = stream;
    this.member = member;
    this.messages = messages;
    stream.onWritable(stream::resumeReading);
    stream.onDraining(() -> stream.close(EtcdStatus.STOPPED));
  }

  /// A lease that does not exist is answered with a time to live of 0. The revision is taken before the renewal: were it
  /// taken after, a client could see its lease renewed at a revision at which it was already revoked.
  @Override
  public void message(ByteBuf message) {
    if (!stream.isWritable()) {
      stream.pauseReading();
    }
    try {
      long id = LeaseMessages.query(FieldReader.of(message)).id();
      access.askLease(stream, KeyAccess.WRITE, id, () -> renew(id), stream::close);
    } catch (MalformedMessage malformed) {
      stream.close(EtcdErrors.status(malformed));
    } catch (StatusException refused) {
      stream.close(refused.status());
    }
  }

  private void renew(long id) {
    long revision = member.view().revision();
    long ttlSeconds = member.leases().keepAlive(id).orElse(0L);
    stream.send(messages.idAndTtl(stream.allocator(), revision, id, ttlSeconds));
  }

  @Override
  public void halfClosed() {
    stream.close(GrpcStatus.OK);
  }

  @Override
  public void aborted() {}
}
