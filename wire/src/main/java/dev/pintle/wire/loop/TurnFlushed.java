package dev.pintle.wire.loop;

/// A collector of writes that passes them on once per turn of its event loop.
public interface TurnFlushed {
  void flushTurn();
}
