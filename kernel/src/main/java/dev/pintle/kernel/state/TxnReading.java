package dev.pintle.kernel.state;

import dev.pintle.kernel.command.Outcome;

/// What became of a transaction that only reads.
public sealed interface TxnReading {
  /// @param outcome [Outcome.Settled] or a refusal, as if it had come through the log
  record Done(Outcome outcome) implements TxnReading {}

  /// As [ReadOutcome.Missing].
  record Missing() implements TxnReading {}
}
