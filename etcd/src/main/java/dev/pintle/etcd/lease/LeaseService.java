package dev.pintle.etcd.lease;

import dev.pintle.etcd.auth.AccessControl;
import dev.pintle.etcd.lease.LeaseMessages.Grant;
import dev.pintle.etcd.lease.LeaseMessages.Query;
import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.kernel.InvariantViolation;
import dev.pintle.kernel.auth.KeyAccess;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.member.LeaseKeeper.TimeToLive;
import dev.pintle.member.Member;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;

/// The service `etcdserverpb.Lease`.
public final class LeaseService {
  /// etcd grants no less than one and a half of its election timeout of 1 s, rounded up.
  private static final long TTL_SECONDS_MIN = 2;

  /// What is said of a lease that does not exist.
  private static final long NO_TTL = -1;

  private final Member member;
  private final LeaseMessages messages;
  private final AccessControl access;

  public LeaseService(Member member, HeaderMessage header, AccessControl access) {
    this.access = access;
    this.member = member;
    this.messages = new LeaseMessages(header);
  }

  public Map<String, Method> methods() {
    Streaming keepAlive = stream -> new KeepAliveCall(stream, member, messages, access);
    return Map.of(
        "/etcdserverpb.Lease/LeaseGrant", DecodingUnary.unary(this::grant),
        "/etcdserverpb.Lease/LeaseRevoke", DecodingUnary.unary(this::revoke),
        "/etcdserverpb.Lease/LeaseKeepAlive", keepAlive,
        "/etcdserverpb.Lease/LeaseTimeToLive", DecodingUnary.unary(this::timeToLive),
        "/etcdserverpb.Lease/LeaseLeases", DecodingUnary.unary(this::leases));
  }

  private void grant(GrpcCall call, ByteBuf message) {
    Grant asked = LeaseMessages.grant(FieldReader.of(message));
    long id = asked.id() == 0 ? member.leases().newId() : asked.id();
    long ttlSeconds = Math.max(TTL_SECONDS_MIN, asked.ttlSeconds());
    member.submit(new Command.LeaseGrant(id, ttlSeconds), outcome -> answer(call, outcome));
  }

  private void revoke(GrpcCall call, ByteBuf message) {
    long id = LeaseMessages.query(FieldReader.of(message)).id();
    member.submit(
        access.asked(call, new Command.LeaseRevoke(id)), outcome -> answer(call, outcome));
  }

  private void timeToLive(GrpcCall call, ByteBuf message) {
    Query query = LeaseMessages.query(FieldReader.of(message));
    if (query.keys()) {
      access.askLease(
          call, KeyAccess.READ, query.id(), () -> answerTimeToLive(call, query), call::fail);
    } else {
      answerTimeToLive(call, query);
    }
  }

  private void answerTimeToLive(GrpcCall call, Query query) {
    long revision = member.view().revision();
    TimeToLive lease =
        member
            .leases()
            .timeToLive(query.id())
            .orElseGet(() -> new TimeToLive(query.id(), 0, NO_TTL, List.of()));
    call.reply(messages.timeToLive(call.allocator(), revision, lease, query.keys()));
  }

  private void leases(GrpcCall call, ByteBuf message) {
    access.askAllLeases(call, KeyAccess.READ, () -> answerLeases(call), call::fail);
  }

  private void answerLeases(GrpcCall call) {
    long revision = member.view().revision();
    call.reply(messages.leases(call.allocator(), revision, member.leases().ids()));
  }

  private void answer(GrpcCall call, Outcome outcome) {
    switch (outcome) {
      case Outcome.LeaseGranted done ->
          call.reply(
              messages.idAndTtl(call.allocator(), done.revision(), done.id(), done.ttlSeconds()));
      case Outcome.LeaseRevoked done ->
          call.reply(messages.empty(call.allocator(), done.revision()));
      case Outcome.Refused refused -> call.fail(EtcdErrors.status(refused));
      case Outcome.Written _,
          Outcome.Deleted _,
          Outcome.TxnApplied _,
          Outcome.Compacted _,
          Outcome.AuthChanged _,
          Outcome.Unanswered _ ->
          throw new InvariantViolation("a KV outcome for a lease command");
    }
  }
}
