package dev.pintle.wire.loop;

/// Something that collects writes and passes them on once per turn of its event loop.
public interface TurnFlushed {
  void flushTurn();
}
