package dev.pintle.embed.faults;

import dev.pintle.embed.requests.RequestFilter;
import java.time.Duration;

/// A fault that befalls requests, once it is placed by [FaultInjection#add]: what goes wrong, for which requests ([#on]), how often ([#times]) and from which on
/// ([#after]). Immutable: each method answers another fault. What is answered is what the server itself says when such a thing happens.
///
/// ```java
/// server.faults().add(Fault.conflict().on(RequestFilter.any().verb("update").resource("configmaps").name("mine")).times(2));
/// ```
///
/// Requests that are refused for other reasons first, such as missing rights, meet no fault. Neither do the server's own controllers.
public final class Fault {
  private Fault() {}

  /// A write refused with 409: a `create` because the object exists already, all else because the object has been modified.
  public static Fault conflict() {
    throw new UnsupportedOperationException();
  }

  /// History that is gone, 410 `Expired`: a list is refused, a watch begins and is told by an event that its version is too old.
  public static Fault expired() {
    throw new UnsupportedOperationException();
  }

  /// Refused with 429 and `Retry-After`.
  ///
  /// @param retryAfter whole seconds, at least one
  public static Fault tooManyRequests(Duration retryAfter) {
    throw new UnsupportedOperationException();
  }

  /// Refused with 500 `InternalError`.
  public static Fault internalError() {
    throw new UnsupportedOperationException();
  }

  /// Refused with 503 `ServiceUnavailable`.
  public static Fault unavailable() {
    throw new UnsupportedOperationException();
  }

  /// A write refused as the server refuses it whose disk is full: 503, nothing is written. Reads go on.
  public static Fault fullDisk() {
    throw new UnsupportedOperationException();
  }

  /// An answer that begins later: the request is worked on once the time is over, by the clock of the machine.
  public static Fault slow(Duration delay) {
    throw new UnsupportedOperationException();
  }

  /// A connection that breaks before the request is worked on: it has no effect, and no answer. Over HTTP/2 it is the stream alone that is reset.
  public static Fault cutBeforeEffect() {
    throw new UnsupportedOperationException();
  }

  /// A connection that breaks once the request has taken effect, without a word of the answer: the client cannot know that it was done. Over HTTP/2
  /// it is the stream alone that is reset.
  public static Fault cutAfterEffect() {
    throw new UnsupportedOperationException();
  }

  /// A watch that breaks in place of an event, which its client does not get: of the next watches, not of those that are open; see
  /// [FaultInjection#cutWatches] for those.
  ///
  /// @param events how many are sent before, bookmarks too; 0 for none
  public static Fault cutWatch(int events) {
    throw new UnsupportedOperationException();
  }

  /// A watch without its bookmarks, also the one that says that all initial objects were sent.
  public static Fault lostBookmarks() {
    throw new UnsupportedOperationException();
  }

  /// A list as it was so many revisions ago. Only of lists that name no version or `0`, and no page; a real server answers so where `0` is named,
  /// from a cache that lags behind.
  ///
  /// @param revisions at least one; where history begins later, as it was then
  public static Fault stale(long revisions) {
    throw new UnsupportedOperationException();
  }

  /// As [#stale], as it was at a revision, such as one that `PintleServer.revision()` answered.
  public static Fault staleSince(long revision) {
    throw new UnsupportedOperationException();
  }

  /// The same, for these requests only, of those for which it can be.
  ///
  /// @throws IllegalArgumentException when the filter asks how a request ended, or for verbs only with which this fault never happens
  public Fault on(RequestFilter filter) {
    throw new UnsupportedOperationException();
  }

  /// The same, so many times and no more; without it, always.
  ///
  /// @param count at least one
  public Fault times(int count) {
    throw new UnsupportedOperationException();
  }

  /// The same, after so many requests that it lets pass.
  ///
  /// @param count not negative
  public Fault after(int count) {
    throw new UnsupportedOperationException();
  }
}
