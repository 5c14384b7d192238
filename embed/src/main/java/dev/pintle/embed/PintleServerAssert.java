package dev.pintle.embed;

import dev.pintle.embed.requests.RequestFilter;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/// Assertions on what a server has received. What fails tells the last 50 requests.
public final class PintleServerAssert extends AbstractAssert<PintleServerAssert, PintleServer> {
  PintleServerAssert(PintleServer actual) {
    super(actual, PintleServerAssert.class);
  }

  /// At least one such request has come.
  public PintleServerAssert received(RequestFilter wanted) {
    throw new UnsupportedOperationException();
  }

  /// So many such requests have come, no more and no fewer.
  public PintleServerAssert received(int times, RequestFilter wanted) {
    throw new UnsupportedOperationException();
  }

  /// Such a request has come, or comes within `most`.
  public PintleServerAssert receivesWithin(Duration most, RequestFilter wanted) {
    throw new UnsupportedOperationException();
  }

  /// No such request has come.
  public PintleServerAssert receivedNo(RequestFilter unwanted) {
    throw new UnsupportedOperationException();
  }

  /// All faults that were placed have happened as often as they were to.
  public PintleServerAssert metAllFaults() {
    throw new UnsupportedOperationException();
  }
}
