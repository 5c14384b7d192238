package dev.pintle.kernel.state;

import dev.pintle.kernel.command.Outcome;

/// The result of a transaction that only reads.
public sealed interface TxnReading {
  /// A transaction that was carried out.
  ///
  /// @param outcome [Outcome.TxnApplied] or a refusal, as if it had come through the log
  record Done(Outcome outcome) implements TxnReading {}

  /// A transaction that needs records which are not in memory, as [ReadOutcome.Missing].
  record Missing() implements TxnReading {}
}
