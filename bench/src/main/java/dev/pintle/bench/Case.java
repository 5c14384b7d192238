package dev.pintle.bench;

import java.io.IOException;

/// A load that is put on every contender in turn.
interface Case {
  String name();

  /// The CPU per operation of the peer divided by ours that the case must reach.
  double barRatio();

  /// Makes what the load needs to be there; once for each contender, not measured.
  default void prepare(Contender contender) throws IOException, InterruptedException {}

  /// Load that is not measured, so that what is measured is a server that has run for a while.
  void warmUp(Contender contender) throws IOException, InterruptedException;

  Result run(Contender contender) throws IOException, InterruptedException;
}
