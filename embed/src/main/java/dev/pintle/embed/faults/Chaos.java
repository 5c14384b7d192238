package dev.pintle.embed.faults;

import dev.pintle.embed.requests.RequestFilter;

/// Faults at random: each has a rate, the part of the requests for which it can be that it befalls, from 0 to 1. Immutable.
///
/// What befalls a request depends on the seed, on who asks for what ([RequestFilter]'s words but the user's), and on how many such requests came before:
/// not on what others do at the same time. A run with the same seed has the same faults where the client sends the same requests.
public final class Chaos {
  private Chaos() {}

  /// One with this seed, so far without faults.
  public static Chaos seeded(long seed) {
    throw new UnsupportedOperationException();
  }

  /// One with a new seed, so far without faults.
  public static Chaos random() {
    throw new UnsupportedOperationException();
  }

  /// By which it can be repeated.
  public long seed() {
    throw new UnsupportedOperationException();
  }

  /// The same with another fault. What [Fault#times] and [Fault#after] say is passed over.
  ///
  /// @param rate from 0 to 1; all rates together at most 1
  public Chaos with(double rate, Fault fault) {
    throw new UnsupportedOperationException();
  }

  /// The faults that a careful client survives, all together at this rate: conflicts, 429, 500, 503, delays up to 100 ms, cuts before and after the
  /// effect, expired lists and watches, cut watches, lost bookmarks.
  ///
  /// @param rate from 0 to 1
  public Chaos withEverything(double rate) {
    throw new UnsupportedOperationException();
  }
}
