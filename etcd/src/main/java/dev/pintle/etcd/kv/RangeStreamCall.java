package dev.pintle.etcd.kv;

import dev.pintle.etcd.auth.AccessControl;
import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.message.KeyValueMessage;
import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow;
import dev.pintle.kernel.keyspace.RangeRequest.SortOrder;
import dev.pintle.kernel.keyspace.RangeRequest.SortTarget;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.StoreView.NotReadable;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// One `RangeStream` call: a range answered in pieces of about [#PIECE_BYTES], all of one view, so of one revision. The header,
/// `more` and `count` come with the last piece. It runs on a thread of its own and waits there while the client does not read.
final class RangeStreamCall implements Inbound {
  /// A piece is sent once its key-values take this much.
  static final int PIECE_BYTES = 512 * 1024;

  private static final int RANGE_RESPONSE = 1;
  private static final int ENTRIES = 2;
  private static final GrpcStatus FAILED =
      new GrpcStatus(Code.INTERNAL, "the reading of this range failed");
  private static final GrpcStatus NO_SORT =
      new GrpcStatus(Code.UNIMPLEMENTED, "RangeStream does not support custom sort orders");
  private static final GrpcStatus NO_FILTER =
      new GrpcStatus(Code.UNIMPLEMENTED, "RangeStream does not support revision filters");

  private final GrpcStream stream;
  private final Member member;
  private final HeaderMessage header;
  private final AccessControl access;
  private final SlowWork readers;
  private final Semaphore writable = new Semaphore(0);
  private volatile boolean aborted;
  private boolean asked;

  RangeStreamCall(
      GrpcStream stream,
      Member member,
      HeaderMessage header,
      AccessControl access,
      SlowWork readers) {
    this.access = access;
    this.stream = stream;
    this.member = member;
    this.header = header;
    this.readers = readers;
    stream.onWritable(writable::release);
  }

  @Override
  public void message(ByteBuf message) {
    if (asked) {
      aborted();
      stream.close(EtcdStatus.SEVERAL_MESSAGES);
      return;
    }
    asked = true;
    try {
      RangeRequest request = checked(RangeFields.decode(FieldReader.of(message)));
      StoreView view = member.view();
      access.requireRead(stream, view, request.range());
      readers.execute(() -> answerOrFail(view, request));
    } catch (StatusException refused) {
      stream.close(refused.status());
    } catch (MalformedMessage malformed) {
      stream.close(EtcdErrors.status(malformed));
    }
  }

  @Override
  public void halfClosed() {}

  @Override
  public void aborted() {
    aborted = true;
    writable.release();
  }

  private static RangeRequest checked(RangeRequest request) {
    boolean byKey = request.sort().target() == SortTarget.KEY;
    SortOrder order = request.sort().order();
    if (order == SortOrder.DESCEND || (order == SortOrder.ASCEND && !byKey)) {
      throw new StatusException(NO_SORT);
    }
    if (!request.modified().equals(RevisionWindow.ANY)
        || !request.created().equals(RevisionWindow.ANY)) {
      throw new StatusException(NO_FILTER);
    }
    return request;
  }

  private void answerOrFail(StoreView view, RangeRequest request) {
    try {
      answer(view, request);
    } catch (RuntimeException | Error bug) {
      stream.close(FAILED);
      throw bug;
    }
  }

  private void answer(StoreView view, RangeRequest request) {
    if (request.content() == Content.COUNT_ONLY) {
      finish(view, view.range(request), List.of());
      return;
    }
    Piece piece = new Piece();
    StoreView.ReadOutcome outcome = view.scan(request, piece::take);
    if (!aborted) {
      finish(view, outcome, piece.entries);
    }
  }

  private void finish(StoreView view, StoreView.ReadOutcome outcome, List<KeyValue> rest) {
    switch (outcome) {
      case Found found -> {
        RangeResult last = new RangeResult(rest, found.result().count(), found.result().more());
        stream.send(last(view.revision(), last));
        stream.close(GrpcStatus.OK);
      }
      case NotReadable not -> stream.close(EtcdErrors.status(not.reason()));
    }
  }

  private ByteBuf last(long revision, RangeResult result) {
    int size = header.fieldSize(revision) + RangeMessages.bodySize(result);
    ByteBuf out = stream.allocator().buffer(FieldSize.nested(RANGE_RESPONSE, size));
    FieldWriter.nested(out, RANGE_RESPONSE, size);
    header.writeField(out, revision);
    RangeMessages.writeBody(out, result);
    return out;
  }

  /// The key-values collected for the next piece.
  private final class Piece {
    private List<KeyValue> entries = new ArrayList<>();
    private final AnswerMeter room = new AnswerMeter(stream);
    private int size;
    private long held;

    /// Answers false when the client has gone, or there is no room even for a piece.
    boolean take(KeyValue kv) {
      if (!room.test(AnswerSize.of(kv))) {
        aborted = true;
        stream.close(room.refusal());
        return false;
      }
      held += AnswerSize.of(kv);
      entries.add(kv);
      size += KeyValueMessage.fieldSize(ENTRIES, kv);
      if (size >= PIECE_BYTES) {
        send();
      }
      return !aborted;
    }

    private void send() {
      awaitWritable();
      ByteBuf out = stream.allocator().buffer(FieldSize.nested(RANGE_RESPONSE, size));
      FieldWriter.nested(out, RANGE_RESPONSE, size);
      for (KeyValue kv : entries) {
        KeyValueMessage.writeField(out, ENTRIES, kv);
      }
      stream.send(out);
      entries = new ArrayList<>();
      size = 0;
      stream.answerRoom().give(held);
      held = 0;
    }

    private void awaitWritable() {
      while (!stream.isWritable() && !aborted) {
        try {
          writable.acquire();
        } catch (InterruptedException stopping) {
          Thread.currentThread().interrupt();
          aborted = true;
          stream.close(EtcdStatus.STOPPED);
        }
      }
    }
  }
}
