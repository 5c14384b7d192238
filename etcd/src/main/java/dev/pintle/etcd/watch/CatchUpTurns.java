package dev.pintle.etcd.watch;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.wire.GrpcStream;

/// The turns of watchers that are to be told of the past.
public interface CatchUpTurns {
  /// Asks for a turn. `asker` is told on the stream's event loop, never before this returns.
  ///
  /// @param revisions how many there are to be looked through
  Turn ask(GrpcStream stream, KeyRange range, long revisions, Asker asker);

  /// A listener to what becomes of a wish for a turn.
  interface Asker {
    void granted();

    void refused();
  }

  /// A turn, or the wish for one.
  interface Turn {
    /// Gives the turn back, or waits for it no more; from any thread, any number of times.
    void end();
  }
}
