package dev.pintle.etcd.kv;

import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.kernel.command.Outcome.DeleteReply;
import dev.pintle.kernel.command.Outcome.PutReply;
import dev.pintle.kernel.command.Outcome.RangeReply;
import dev.pintle.kernel.command.Outcome.Reply;
import dev.pintle.kernel.command.Outcome.TxnApplied;
import dev.pintle.kernel.command.Outcome.TxnReply;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// The body of `TxnResponse`.
///
/// Each answer in it has a header with nothing but a revision: the one before the transaction until its first change, the
/// transaction's own from then on. A nested transaction's own header is empty.
final class TxnReplyEncoder {
  private static final int SUCCEEDED = 2;
  private static final int RESPONSES = 3;
  private static final int RANGE = 1;
  private static final int PUT = 2;
  private static final int DELETE = 3;
  private static final int TXN = 4;

  private final TxnReply reply;
  private final long revisionBefore;
  private final long revisionAfter;
  private boolean changed;

  TxnReplyEncoder(TxnApplied settled) {
    this.reply = settled.reply();
    this.revisionAfter = settled.revision();
    this.revisionBefore = settled.revision() - (changes(settled.reply()) ? 1 : 0);
  }

  int bodySize() {
    changed = false;
    return bodySize(reply);
  }

  void writeBody(ByteBuf out) {
    changed = false;
    writeBody(out, reply);
  }

  private int bodySize(TxnReply txn) {
    int size = FieldSize.bool(SUCCEEDED, txn.succeeded());
    List<Reply> replies = txn.replies();
    for (int i = 0; i < replies.size(); i++) {
      Reply operation = replies.get(i);
      int inner = innerSize(operation);
      size += FieldSize.nested(RESPONSES, FieldSize.nested(number(operation), inner));
    }
    return size;
  }

  private void writeBody(ByteBuf out, TxnReply txn) {
    FieldWriter.bool(out, SUCCEEDED, txn.succeeded());
    List<Reply> replies = txn.replies();
    for (int i = 0; i < replies.size(); i++) {
      Reply operation = replies.get(i);
      boolean changedBefore = changed;
      int inner = innerSize(operation);
      changed = changedBefore;
      FieldWriter.nested(out, RESPONSES, FieldSize.nested(number(operation), inner));
      FieldWriter.nested(out, number(operation), inner);
      writeOperation(out, operation);
    }
  }

  private void writeOperation(ByteBuf out, Reply operation) {
    HeaderMessage.writeInnerField(out, revisionOf(operation));
    switch (operation) {
      case PutReply put -> PutMessages.writeBody(out, put);
      case DeleteReply delete -> DeleteMessages.writeBody(out, delete);
      case RangeReply range -> RangeMessages.writeBody(out, range.result());
      case TxnReply txn -> writeBody(out, txn);
    }
  }

  private int innerSize(Reply operation) {
    int header = HeaderMessage.innerFieldSize(revisionOf(operation));
    return header
        + switch (operation) {
          case PutReply put -> PutMessages.bodySize(put);
          case DeleteReply delete -> DeleteMessages.bodySize(delete);
          case RangeReply range -> RangeMessages.bodySize(range.result());
          case TxnReply txn -> bodySize(txn);
        };
  }

  /// The revision an operation answers with; notes whether it is the transaction's first change.
  private long revisionOf(Reply operation) {
    changed |=
        operation instanceof PutReply
            || (operation instanceof DeleteReply delete && delete.deleted() > 0);
    return switch (operation) {
      case TxnReply _ -> 0;
      case PutReply _, DeleteReply _, RangeReply _ -> changed ? revisionAfter : revisionBefore;
    };
  }

  private static int number(Reply operation) {
    return switch (operation) {
      case RangeReply _ -> RANGE;
      case PutReply _ -> PUT;
      case DeleteReply _ -> DELETE;
      case TxnReply _ -> TXN;
    };
  }

  private static boolean changes(TxnReply txn) {
    for (Reply operation : txn.replies()) {
      boolean changes =
          switch (operation) {
            case PutReply _ -> true;
            case DeleteReply delete -> delete.deleted() > 0;
            case RangeReply _ -> false;
            case TxnReply nested -> changes(nested);
          };
      if (changes) {
        return true;
      }
    }
    return false;
  }
}
