package dev.pintle.kube.trial;

import java.time.Duration;

/// A mishap that befalls one request.
public sealed interface Mishap {
  /// It is refused, in the server's own words.
  record Refused(Refusal why) implements Mishap {}

  /// It is refused for now.
  record Throttled(int retryAfterSeconds) implements Mishap {}

  /// It is worked on later.
  record Delayed(Duration by) implements Mishap {}

  /// Its connection breaks.
  ///
  /// @param worked whether it has taken effect by then
  record Cut(boolean worked) implements Mishap {}

  /// A watch breaks in place of its next event.
  ///
  /// @param events how many come before
  record CutWatch(int events) implements Mishap {}

  /// A watch without bookmarks.
  record NoBookmarks() implements Mishap {}

  /// A list of an earlier revision.
  ///
  /// @param revision of the store; how many revisions ago, where `back`
  record Stale(long revision, boolean back) implements Mishap {}

  /// The reason of a refusal.
  enum Refusal {
    CONFLICT,
    EXPIRED,
    INTERNAL_ERROR,
    UNAVAILABLE,
    FULL_DISK
  }
}
