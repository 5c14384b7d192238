package dev.pintle.embed;

import dev.pintle.embed.faults.PlacedFault;
import dev.pintle.embed.requests.RequestFilter;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/// Assertions on what a server has received. What fails tells the last [#TOLD] requests.
public final class PintleServerAssert extends AbstractAssert<PintleServerAssert, PintleServer> {
  /// So many requests are told.
  public static final int TOLD = 50;

  PintleServerAssert(PintleServer actual) {
    super(actual, PintleServerAssert.class);
  }

  /// At least one such request has come.
  public PintleServerAssert received(RequestFilter wanted) {
    if (count(wanted) == 0) {
      fail("Expecting a request: %s\nbut there was none.\n%s", wanted);
    }
    return this;
  }

  /// So many such requests have come, no more and no fewer.
  public PintleServerAssert received(int times, RequestFilter wanted) {
    int found = count(wanted);
    if (found != times) {
      fail("Expecting " + times + " requests: %s\nbut there were " + found + ".\n%s", wanted);
    }
    return this;
  }

  /// Such a request has come, or comes within `most`.
  public PintleServerAssert receivesWithin(Duration most, RequestFilter wanted) {
    isNotNull();
    try {
      if (actual.requests().await(wanted, most).isEmpty()) {
        fail("Expecting a request: %s\nbut none came within " + most + ".\n%s", wanted);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      fail("Expecting a request: %s\nbut was interrupted.\n%s", wanted);
    }
    return this;
  }

  /// No such request has come.
  public PintleServerAssert receivedNo(RequestFilter unwanted) {
    int found = count(unwanted);
    if (found > 0) {
      fail("Expecting no request: %s\nbut there were " + found + ".\n%s", unwanted);
    }
    return this;
  }

  /// All faults that were placed have happened: as often as was asked for, or once where that is always.
  public PintleServerAssert metAllFaults() {
    isNotNull();
    List<PlacedFault> unused = actual.faults().unused();
    if (!unused.isEmpty()) {
      failWithMessage(
          "Expecting all faults to happen, but these did not:%n%s%n%s",
          unused, actual.requests().text(TOLD));
    }
    return this;
  }

  private int count(RequestFilter wanted) {
    isNotNull();
    return actual.requests().matching(wanted).size();
  }

  private void fail(String text, RequestFilter wanted) {
    failWithMessage(text, wanted, actual.requests().text(TOLD));
  }
}
