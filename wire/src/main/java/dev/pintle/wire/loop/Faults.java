package dev.pintle.wire.loop;

import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.DecoderException;

/// The place where a bug in a handler goes: to the uncaught-exception handler of the event loop's thread, which the
/// program may set. The loop itself, and every other connection on it, goes on.
public final class Faults {
  private Faults() {}

  /// Runs `action`; reports what it throws, and tells whether it returned normally.
  public static boolean guard(Runnable action) {
    try {
      action.run();
      return true;
    } catch (RuntimeException | Error fault) {
      report(fault);
      return false;
    }
  }

  public static void report(Throwable fault) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
  }

  /// Reports `cause`, caught in a pipeline, when it is a bug of ours; what a peer or the network did (a reset, a TLS alert,
  /// bytes that no decoder understands) is no news.
  public static void reportIfOurs(Throwable cause) {
    Throwable origin =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    boolean unchecked = origin instanceof RuntimeException || origin instanceof Error;
    if (unchecked && !(origin instanceof CodecException)) {
      report(origin);
    }
  }
}
