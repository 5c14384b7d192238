package dev.pintle.kube.intercept;

import java.time.Duration;

/// A fault that befalls one request.
public sealed interface InjectedFault {
  /// It is refused, in the server's own words.
  record Refused(Refusal why) implements InjectedFault {}

  /// It is refused for now.
  record Throttled(int retryAfterSeconds) implements InjectedFault {}

  /// It is worked on later.
  record Delayed(Duration by) implements InjectedFault {}

  /// Its connection breaks.
  ///
  /// @param worked whether it has taken effect by then
  record Cut(boolean worked) implements InjectedFault {}

  /// A watch breaks in place of its next event.
  ///
  /// @param events how many come before
  record CutWatch(int events) implements InjectedFault {}

  /// A watch without bookmarks.
  record NoBookmarks() implements InjectedFault {}

  /// A list, or one object, of an earlier revision.
  ///
  /// @param revision of the store; how many revisions ago, where `back`
  record Stale(long revision, boolean back) implements InjectedFault {}

  /// The reason of a refusal.
  enum Refusal {
    CONFLICT,
    EXPIRED,
    INTERNAL_ERROR,
    UNAVAILABLE,
    FULL_DISK
  }
}
