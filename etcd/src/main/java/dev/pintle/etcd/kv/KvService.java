package dev.pintle.etcd.kv;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.status.Refusals;
import dev.pintle.etcd.status.Refusing;
import dev.pintle.kernel.Invariant;
import dev.pintle.kernel.InvariantViolation;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kernel.state.TxnRules;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.StoreView.NotReadable;
import dev.pintle.member.StoreView.ReadOutcome;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.concurrent.Executor;

/// `etcdserverpb.KV`. Reads that memory can answer are answered on the event loop; those that need the disk move to
/// `slowReads`. Writes answer from the member's callback.
public final class KvService {
  private final Member member;
  private final HeaderMessage header;
  private final KvLimits limits;
  private final Executor slowReads;
  private final TxnMessages txns;

  public KvService(Member member, HeaderMessage header, KvLimits limits, Executor slowReads) {
    this.member = member;
    this.header = header;
    this.limits = limits;
    this.slowReads = slowReads;
    this.txns = new TxnMessages(limits.txnOperationsMax());
  }

  public Map<String, Method> methods() {
    int bytesMax = limits.requestBytesMax();
    Streaming rangeStream = stream -> new RangeStreamCall(stream, member, header, slowReads);
    return Map.of(
        "/etcdserverpb.KV/RangeStream", rangeStream,
        "/etcdserverpb.KV/Range", Refusing.unary(this::range),
        "/etcdserverpb.KV/Put", Refusing.bounded(bytesMax, this::put),
        "/etcdserverpb.KV/DeleteRange", Refusing.bounded(bytesMax, this::deleteRange),
        "/etcdserverpb.KV/Txn", Refusing.bounded(bytesMax, this::txn),
        "/etcdserverpb.KV/Compact", Refusing.unary(this::compact));
  }

  private void range(GrpcCall call, ByteBuf message) {
    RangeRequest request = RangeFields.decode(FieldReader.of(message));
    StoreView view = member.view();
    ReadOutcome outcome = view.rangeInMemory(request);
    if (outcome != null) {
      answer(call, view, outcome);
    } else {
      slowReads.execute(() -> answer(call, view, view.range(request)));
    }
  }

  private void put(GrpcCall call, ByteBuf message) {
    submit(call, PutMessages.decode(FieldReader.of(message)));
  }

  private void deleteRange(GrpcCall call, ByteBuf message) {
    submit(call, DeleteMessages.decode(FieldReader.of(message)));
  }

  private void txn(GrpcCall call, ByteBuf message) {
    Command.Txn txn = txns.decode(FieldReader.of(message));
    if (TxnRules.isReadOnly(txn)) {
      read(call, txn);
    } else {
      submit(call, txn);
    }
  }

  /// Nothing that only reads goes through the log.
  private void read(GrpcCall call, Command.Txn txn) {
    StoreView view = member.view();
    Outcome outcome = view.txnInMemory(txn);
    if (outcome != null) {
      answer(call, outcome);
    } else {
      slowReads.execute(() -> answer(call, view.txn(txn)));
    }
  }

  /// `physical` asks to wait until the space is given back; space is given back in the background, and nothing that a client
  /// can see depends on it.
  private void compact(GrpcCall call, ByteBuf message) {
    FieldReader in = FieldReader.of(message);
    long revision = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> revision = in.int64();
        default -> in.skip();
      }
    }
    submit(call, new Command.Compact(revision));
  }

  private void submit(GrpcCall call, Command command) {
    member.submit(command, outcome -> answer(call, outcome));
  }

  private void answer(GrpcCall call, StoreView view, ReadOutcome outcome) {
    switch (outcome) {
      case Found found -> {
        RangeResult result = found.result();
        ByteBuf out =
            header.begin(call.allocator(), view.revision(), RangeMessages.bodySize(result));
        RangeMessages.writeBody(out, result);
        call.reply(out);
      }
      case NotReadable not -> call.fail(Refusals.status(not.reason()));
    }
  }

  private void answer(GrpcCall call, Outcome outcome) {
    switch (outcome) {
      case Outcome.Written done -> {
        ByteBuf out = begin(call, done, PutMessages.bodySize(done.reply()));
        PutMessages.writeBody(out, done.reply());
        call.reply(out);
      }
      case Outcome.Deleted done -> {
        ByteBuf out = begin(call, done, DeleteMessages.bodySize(done.reply()));
        DeleteMessages.writeBody(out, done.reply());
        call.reply(out);
      }
      case Outcome.Settled done -> {
        TxnReplyEncoder reply = new TxnReplyEncoder(done);
        ByteBuf out = begin(call, done, reply.bodySize());
        reply.writeBody(out);
        call.reply(out);
      }
      case Outcome.Compacted done -> call.reply(begin(call, done, 0));
      case Outcome.Refused refused -> call.fail(Refusals.status(refused, member));
      case Outcome.LeaseGranted _, Outcome.LeaseRevoked _ ->
          throw new InvariantViolation("a lease outcome for a KV command");
    }
  }

  private ByteBuf begin(GrpcCall call, Outcome.Applied done, int bodySize) {
    Invariant.check(done.revision() > 0, "revision %d of an applied command", done.revision());
    return header.begin(call.allocator(), done.revision(), bodySize);
  }
}
