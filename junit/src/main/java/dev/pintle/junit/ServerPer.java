package dev.pintle.junit;

/// The life of a test's server.
public enum ServerPer {
  /// From before `@BeforeAll` until after `@AfterAll`; between two tests it is taken back, which takes a millisecond or two, and clients of
  /// earlier tests and their watches hear of it as of any other write.
  CLASS,
  /// From before `@BeforeEach` until after `@AfterEach`: a start for each test, some tens of milliseconds, and nothing at all of another
  /// test, not even a revision. There is no server in `@BeforeAll`.
  METHOD
}
