package dev.pintle.embed;

/// The entry of assertions on servers, for tests that have AssertJ 3 on their class path; nothing else here needs it.
///
/// ```java
/// assertThat(server).received(RequestFilter.any().verb("patch").resource("configmaps/status"));
/// ```
public final class PintleAssertions {
  private PintleAssertions() {}

  public static PintleServerAssert assertThat(PintleServer actual) {
    return new PintleServerAssert(actual);
  }
}
