package dev.pintle.member.core;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Reply;
import dev.pintle.kernel.command.Outcome.TxnReply;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.kernel.watch.Delta;
import dev.pintle.member.OperationCounts;
import java.util.List;

/// The counter of what applied commands did.
final class OperationCounter implements Observer {
  private final OperationCounts counts;

  OperationCounter(OperationCounts counts) {
    this.counts = counts;
  }

  @Override
  public void applied(Command command, Outcome outcome) {
    if (outcome instanceof Outcome.Written && command instanceof Command.Put put) {
      put(put);
    } else if (outcome instanceof Outcome.Deleted) {
      counts.deletes().add(1);
    } else if (outcome instanceof Outcome.TxnApplied(long _, TxnReply reply)
        && command instanceof Command.Txn txn) {
      if (transaction(txn, reply) > 1) {
        counts.transactions().add(1);
      }
    } else if (outcome instanceof Outcome.LeaseGranted) {
      counts.leasesGranted().add(1);
    } else if (outcome instanceof Outcome.LeaseRevoked) {
      counts.leasesRevoked().add(1);
    }
  }

  private void put(Command.Put put) {
    counts.puts().add(1);
    counts.putBytes().add(put.key().size() + (long) put.value().size());
  }

  /// Answers how many operations there were.
  private int transaction(Command.Txn txn, TxnReply reply) {
    List<Operation> chosen = reply.succeeded() ? txn.then() : txn.otherwise();
    int operations = 0;
    for (int i = 0; i < chosen.size(); i++) {
      operations += operation(chosen.get(i), reply.replies().get(i));
    }
    return operations;
  }

  private int operation(Operation operation, Reply reply) {
    return switch (operation) {
      case Command.Put put -> {
        put(put);
        yield 1;
      }
      case Command.DeleteRange _ -> {
        counts.deletes().add(1);
        yield 1;
      }
      case Command.Range _ -> {
        counts.ranges().add(1);
        yield 1;
      }
      case Command.Txn nested -> reply instanceof TxnReply told ? transaction(nested, told) : 0;
    };
  }

  @Override
  public void published(KeyspaceRoot root, List<Delta> deltas) {}
}
