package dev.pintle.member.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.DeleteReply;
import dev.pintle.kernel.command.Outcome.PutReply;
import dev.pintle.kernel.command.Outcome.TxnReply;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.member.OperationCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationCounterTest {
  private static final Put PUT = Put.of(Bytes.utf8("key"), Bytes.utf8("value"));
  private static final Command.DeleteRange DELETE =
      new Command.DeleteRange(KeyRange.point(Bytes.utf8("key")), false);
  private static final PutReply WAS_PUT = new PutReply(null);
  private static final DeleteReply WAS_DELETED = new DeleteReply(1, List.of());

  private final OperationCounts counts = new OperationCounts();
  private final OperationCounter counter = new OperationCounter(counts);

  @Test
  void operationsCountWithinTransactionsToo() {
    Command.Txn nested = new Command.Txn(List.of(), List.of(DELETE), List.of(PUT, PUT));
    Command.Txn txn = new Command.Txn(List.of(), List.of(PUT, nested), List.of(DELETE));
    TxnReply chosen =
        new TxnReply(true, List.of(WAS_PUT, new TxnReply(false, List.of(WAS_PUT, WAS_PUT))));
    counter.applied(txn, new Outcome.TxnApplied(2, chosen));
    assertThat(counts.puts().value()).isEqualTo(3);
    assertThat(counts.deletes().value()).isZero();
    assertThat(counts.transactions().value()).isEqualTo(1);
    assertThat(counts.putBytes().value()).isEqualTo(24);
  }

  @Test
  void aTransactionOfOneOperationIsThatOperation() {
    Command.Txn txn = new Command.Txn(List.of(), List.of(PUT), List.of(DELETE));
    counter.applied(txn, new Outcome.TxnApplied(2, new TxnReply(false, List.of(WAS_DELETED))));
    assertThat(counts.deletes().value()).isEqualTo(1);
    assertThat(counts.transactions().value()).isZero();
  }

  @Test
  void whatWasRefusedDoesNotCount() {
    counter.applied(PUT, new Outcome.Written(2, WAS_PUT));
    counter.applied(PUT, new Outcome.Refused.LeaseNotFound(7));
    counter.applied(new Command.LeaseGrant(7, 10), new Outcome.LeaseGranted(2, 7, 10));
    counter.applied(new Command.LeaseGrant(7, 10), new Outcome.Refused.LeaseExists(7));
    counter.applied(new Command.LeaseRevoke(7), new Outcome.LeaseRevoked(2));
    assertThat(counts.puts().value()).isEqualTo(1);
    assertThat(counts.leasesGranted().value()).isEqualTo(1);
    assertThat(counts.leasesRevoked().value()).isEqualTo(1);
  }
}
