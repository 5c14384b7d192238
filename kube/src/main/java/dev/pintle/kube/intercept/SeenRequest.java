package dev.pintle.kube.intercept;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.request.RequestInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request as it was known at one moment.
///
/// @param number its place among all that came, from 1
/// @param uri path and query as they were sent
/// @param name as the path, what was sent or what was answered says; empty for a collection
/// @param fault what befell it; empty for nothing
/// @param before the object before a write, JSON; null for none
/// @param after the object after a write, JSON; null for none
public record SeenRequest(
    long number,
    Instant arrived,
    Sender sender,
    RequestInfo target,
    String uri,
    String name,
    Ending ending,
    String fault,
    @Nullable Bytes before,
    @Nullable Bytes after) {

  /// The sender of a request.
  ///
  /// @param user as whom it acts
  public record Sender(String user, String userAgent) {}

  /// The end of a request, so far as there is one.
  ///
  /// @param status 0 for none
  /// @param message of a refusal; else empty
  /// @param nanos from its arrival
  /// @param bytes of the answer's body
  public record Ending(boolean over, int status, String message, long nanos, long bytes) {}
}
