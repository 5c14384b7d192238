package dev.pintle.etcd.kv;

import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.state.TxnRules;
import dev.pintle.kernel.state.TxnRules.Violation;
import dev.pintle.wire.GrpcStatus;

/// The refusals of a transaction that etcd does not run, whatever the store holds.
final class TxnRefusals {
  private TxnRefusals() {}

  static void check(Command.Txn txn, int operationsMax) {
    TxnRules.violation(txn, operationsMax)
        .ifPresent(violation -> {
          throw new StatusException(status(violation));
        });
  }

  private static GrpcStatus status(Violation violation) {
    return switch (violation) {
      case TOO_MANY_OPERATIONS -> EtcdStatus.TOO_MANY_OPERATIONS;
      case EMPTY_KEY -> EtcdStatus.EMPTY_KEY;
      case VALUE_PROVIDED -> EtcdStatus.VALUE_PROVIDED;
      case LEASE_PROVIDED -> EtcdStatus.LEASE_PROVIDED;
      case DUPLICATE_KEY -> EtcdStatus.DUPLICATE_KEY;
    };
  }
}
