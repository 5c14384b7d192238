package dev.pintle.kube.outbound;

import dev.pintle.kube.status.Status;
import org.jspecify.annotations.Nullable;

/// A call that brought no answer that can be used, in upstream's words. Expected: it has no stack trace.
public final class OutboundException extends Exception {
  /// What a call is counted under that no server answered.
  private static final int UNAVAILABLE = 503;

  /// What a call is counted under that could not even be tried.
  private static final int INTERNAL = 500;

  private static final String NO_TIME = "context deadline exceeded";

  private final Kind kind;
  private final transient @Nullable Status answered;

  private enum Kind {
    BEFOREHAND,
    UNREACHED,
    LATE,
    UNCONNECTED,
    FAILED
  }

  private OutboundException(String message, Kind kind, @Nullable Status answered) {
    super(message, null, false, false);
    this.kind = kind;
    this.answered = answered;
  }

  static OutboundException because(String message) {
    return new OutboundException(message, Kind.FAILED, null);
  }

  /// What is written of the server is of no use.
  static OutboundException beforehand(String message) {
    return new OutboundException(message, Kind.BEFOREHAND, null);
  }

  /// There was no time left.
  static OutboundException late() {
    return new OutboundException(NO_TIME, Kind.LATE, null);
  }

  /// There was no time left before the server could be tried, which says nothing of it.
  static OutboundException unreached() {
    return new OutboundException(NO_TIME, Kind.UNREACHED, null);
  }

  /// No connection was made, and none would be a moment later: nothing was said to the server.
  static OutboundException unconnected(String message) {
    return new OutboundException(message, Kind.UNCONNECTED, null);
  }

  /// The server answered that it will not.
  static OutboundException refused(Status status) {
    return new OutboundException(status.message(), Kind.FAILED, status);
  }

  /// The same, with what was asked of whom before it.
  OutboundException of(String request) {
    return new OutboundException(request + ": " + getMessage(), kind, answered);
  }

  /// Whether no server could be tried: what is written of it is of no use.
  public boolean isBeforehand() {
    return kind == Kind.BEFOREHAND;
  }

  /// Whether the server took longer than it may.
  public boolean isLate() {
    return kind == Kind.LATE;
  }

  /// Whether there was no time left before the server could be tried.
  boolean isUnreached() {
    return kind == Kind.UNREACHED;
  }

  /// Whether the server was not found, not there, or is not the one that was meant.
  boolean isUnconnected() {
    return kind == Kind.UNCONNECTED;
  }

  /// As what the failure counts: what the server answered, or 503; 500 where none could be tried.
  public int code() {
    if (answered != null) {
      return answered.code();
    }
    return kind == Kind.BEFOREHAND ? INTERNAL : UNAVAILABLE;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
