package dev.pintle.embed.faults;

/// A fault at a server, from [FaultInjection#add] on.
public final class PlacedFault implements AutoCloseable {
  PlacedFault() {}

  /// The fault.
  public Fault fault() {
    throw new UnsupportedOperationException();
  }

  /// How often it has happened.
  public int fired() {
    throw new UnsupportedOperationException();
  }

  /// Whether it can still happen.
  public boolean isOpen() {
    throw new UnsupportedOperationException();
  }

  /// Takes it away; again does nothing.
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
