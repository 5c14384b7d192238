package dev.pintle.etcd.kv;

import dev.pintle.etcd.auth.AccessControl;
import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.work.SlowWork;
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
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.function.Consumer;

/// The service `etcdserverpb.KV`. Small reads that memory can answer are answered on the event loop, those that need the disk on a
/// thread of their own, and those that turn out to be long where clients take turns. Writes answer from the member's callback.
public final class KvService {
  private static final int REPLIES_AT_ONCE_MAX = 256;
  private static final int BYTES_AT_ONCE_MAX = 64 << 10;

  private final Member member;
  private final HeaderMessage header;
  private final KvLimits limits;
  private final SlowWork slowWork;
  private final TxnMessages txns;
  private final AccessControl access;

  public KvService(
      Member member,
      HeaderMessage header,
      KvLimits limits,
      AccessControl access,
      SlowWork slowWork) {
    this.access = access;
    this.member = member;
    this.header = header;
    this.limits = limits;
    this.slowWork = slowWork;
    this.txns = new TxnMessages(limits.txnOperationsMax());
  }

  public Map<String, Method> methods() {
    int bytesMax = limits.requestBytesMax();
    Streaming rangeStream = stream -> new RangeStreamCall(stream, member, header, access, slowWork);
    return Map.of(
        "/etcdserverpb.KV/RangeStream", rangeStream,
        "/etcdserverpb.KV/Range", DecodingUnary.unary(this::range),
        "/etcdserverpb.KV/Put", DecodingUnary.bounded(bytesMax, this::put),
        "/etcdserverpb.KV/DeleteRange", DecodingUnary.bounded(bytesMax, this::deleteRange),
        "/etcdserverpb.KV/Txn", DecodingUnary.bounded(bytesMax, this::txn),
        "/etcdserverpb.KV/Compact", DecodingUnary.unary(this::compact));
  }

  private void range(GrpcCall call, ByteBuf message) {
    RangeRequest request = RangeFields.decode(FieldReader.of(message));
    StoreView view = member.view();
    access.requireRead(call, view, request.range());
    Consumer<AnswerMeter> attempt =
        room -> {
          ReadOutcome outcome = view.range(request, room);
          if (!room.isLong()) {
            answer(call, view, outcome, room.refusal());
          }
        };
    if (SelectiveReads.isOne(request)) {
      readLong(call, new AnswerMeter(call), attempt);
      return;
    }
    AnswerMeter.Small small = new AnswerMeter.Small();
    ReadOutcome outcome = view.rangeInMemory(request, small);
    if (outcome != null && !small.isExceeded()) {
      answer(call, view, outcome, EtcdStatus.TOO_MANY_REQUESTS);
    } else {
      readSlowly(call, attempt);
    }
  }

  /// @param attempt reads and answers, unless the answer turns out to be long: then it is tried again
  private void readSlowly(GrpcCall call, Consumer<AnswerMeter> attempt) {
    Runnable reading =
        () -> {
          AnswerMeter room = AnswerMeter.ofPiece(call);
          attempt.accept(room);
          if (room.isLong()) {
            readLong(call, room, attempt);
          }
        };
    slowWork.execute(DecodingUnary.answering(call, reading));
  }

  private void readLong(GrpcCall call, AnswerMeter room, Consumer<AnswerMeter> attempt) {
    Runnable reading =
        () -> {
          if (room.tryExtend()) {
            attempt.accept(room);
          } else {
            call.fail(room.refusal());
          }
        };
    if (!slowWork.tryExecuteLong(call, DecodingUnary.answering(call, reading))) {
      call.fail(EtcdStatus.STOPPED);
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
    access.requireRead(call, view, txn);
    Consumer<AnswerMeter> attempt =
        room -> {
          Outcome outcome = view.txn(txn, room);
          if (!room.isLong()) {
            answer(call, outcome, room.refusal());
          }
        };
    if (SelectiveReads.isIn(txn)) {
      readLong(call, new AnswerMeter(call), attempt);
      return;
    }
    AnswerMeter.Small small = new AnswerMeter.Small();
    Outcome outcome = view.txnInMemory(txn, small);
    if (outcome != null && !small.isExceeded()) {
      answer(call, outcome, EtcdStatus.TOO_MANY_REQUESTS);
    } else {
      readSlowly(call, attempt);
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
    Command asked = access.asked(call, command);
    AnswerMeter room = new AnswerMeter(call);
    member.submit(asked, room, outcome -> answerWrite(call, outcome, room));
  }

  /// On the thread that publishes, which is not held up by a long answer.
  private void answerWrite(GrpcCall call, Outcome outcome, AnswerMeter room) {
    if (outcome instanceof Outcome.Deleted(_, var reply)
        && reply.previous().size() > REPLIES_AT_ONCE_MAX) {
      slowWork.execute(DecodingUnary.answering(call, () -> answer(call, outcome, room.refusal())));
    } else if (outcome instanceof Outcome.TxnApplied done && isLong(done)) {
      slowWork.execute(DecodingUnary.answering(call, () -> answer(call, outcome, room.refusal())));
    } else {
      answer(call, outcome, room.refusal());
    }
  }

  private static boolean isLong(Outcome.TxnApplied done) {
    return new TxnReplyEncoder(done).bodySize() > BYTES_AT_ONCE_MAX;
  }

  /// @param noRoom says why an answer had no room, if it had none
  private void answer(GrpcCall call, StoreView view, ReadOutcome outcome, GrpcStatus noRoom) {
    switch (outcome) {
      case Found found -> {
        RangeResult result = found.result();
        ByteBuf out =
            header.begin(call.allocator(), view.revision(), RangeMessages.bodySize(result));
        RangeMessages.writeBody(out, result);
        call.reply(out);
      }
      case NotReadable(Outcome.Refused.NoRoom _) -> call.fail(noRoom);
      case NotReadable not -> call.fail(EtcdErrors.status(not.reason()));
    }
  }

  private void answer(GrpcCall call, Outcome outcome, GrpcStatus noRoom) {
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
      case Outcome.TxnApplied done -> {
        TxnReplyEncoder reply = new TxnReplyEncoder(done);
        ByteBuf out = begin(call, done, reply.bodySize());
        reply.writeBody(out);
        call.reply(out);
      }
      case Outcome.Compacted done -> call.reply(begin(call, done, 0));
      case Outcome.Unanswered _, Outcome.Refused.NoRoom _ -> call.fail(noRoom);
      case Outcome.Refused refused -> call.fail(EtcdErrors.status(refused));
      case Outcome.LeaseGranted _, Outcome.LeaseRevoked _, Outcome.Noted _, Outcome.AuthChanged _ ->
          throw new InvariantViolation("an outcome of another service for a KV command");
    }
  }

  private ByteBuf begin(GrpcCall call, Outcome.Applied done, int bodySize) {
    Invariant.check(done.revision() > 0, "revision %d of an applied command", done.revision());
    return header.begin(call.allocator(), done.revision(), bodySize);
  }
}
