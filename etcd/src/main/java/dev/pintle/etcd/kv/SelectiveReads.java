package dev.pintle.etcd.kv;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow;
import java.util.stream.Stream;

/// The reads that may look at much and answer little, because they select keys by their revisions: the length of the answer says
/// nothing about how long they take.
final class SelectiveReads {
  private SelectiveReads() {}

  static boolean isOne(RangeRequest request) {
    return !request.range().isPoint()
        && !(request.modified().equals(RevisionWindow.ANY)
            && request.created().equals(RevisionWindow.ANY));
  }

  static boolean isIn(Command.Txn txn) {
    return Stream.concat(txn.then().stream(), txn.otherwise().stream())
        .anyMatch(SelectiveReads::isIn);
  }

  private static boolean isIn(Operation operation) {
    return switch (operation) {
      case Command.Range(var request) -> isOne(request);
      case Command.Txn nested -> isIn(nested);
      case Command.Put _, Command.DeleteRange _ -> false;
    };
  }
}
