package dev.pintle.kube.controller;

import dev.pintle.kube.status.StatusError;

/// The refusals of their requests that controllers need not mind, as somebody else did what they were about to do.
public final class Refusals {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final String TERMINATING = "NamespaceTerminating";

  private Refusals() {}

  public static boolean isGone(StatusError refused) {
    return refused.status().code() == NOT_FOUND;
  }

  /// Whether somebody was faster: the object is another than it was, or there already.
  public static boolean isOvertaken(StatusError refused) {
    return refused.status().code() == CONFLICT;
  }

  /// Whether nothing can be made in the namespace any more.
  public static boolean isTerminating(StatusError refused) {
    return refused.status().details().causes().stream()
        .anyMatch(cause -> cause.reason().equals(TERMINATING));
  }

  /// Does what is in vain when the object has gone.
  public static void unlessGone(Runnable request) {
    try {
      request.run();
    } catch (StatusError refused) {
      if (!isGone(refused)) {
        throw refused;
      }
    }
  }

  /// As [#unlessGone], also in vain when the object has become another.
  public static void unlessOvertaken(Runnable request) {
    try {
      request.run();
    } catch (StatusError refused) {
      if (!isGone(refused) && !isOvertaken(refused)) {
        throw refused;
      }
    }
  }
}
