package dev.pintle.embed.faults;

import dev.pintle.embed.requests.RequestFilter;
import java.util.List;

/// The faults of one server: none unless a test asks for them. All methods may be called by any thread; a request that is under way keeps what befell it.
public final class FaultInjection {
  FaultInjection() {}

  /// Places a fault. Of several that fit a request the first one placed happens, and delays of all.
  ///
  /// @throws IllegalArgumentException when it could never happen: the server has no such resource, or the resource no such verb or part. A type
  ///     that a definition is to bring must be named with its group: `boats.sail.example`.
  public PlacedFault add(Fault fault) {
    throw new UnsupportedOperationException();
  }

  /// Lets things go wrong at random from now on, in place of any chaos before; the seed is logged at INFO.
  public void start(Chaos chaos) {
    throw new UnsupportedOperationException();
  }

  /// Takes all faults and chaos away; what waits for a slow answer waits no more.
  public void clear() {
    throw new UnsupportedOperationException();
  }

  /// The faults that are placed, those that cannot happen any more too.
  public List<PlacedFault> placed() {
    throw new UnsupportedOperationException();
  }

  /// The faults that are placed and did not happen as often as they were to, once at least: a test may expect none.
  public List<PlacedFault> unused() {
    throw new UnsupportedOperationException();
  }

  /// Breaks the watches that are open now and that a filter chooses.
  ///
  /// @return how many
  public int cutWatches(RequestFilter filter) {
    throw new UnsupportedOperationException();
  }
}
