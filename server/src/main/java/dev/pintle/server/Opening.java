package dev.pintle.server;

import static java.util.Objects.requireNonNull;

import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// A part that is being opened beside the others, so that a start takes the time of the slowest and not of all.
final class Opening<T> {
  private final Future<T> future;

  private Opening(Future<T> future) {
    this.future = future;
  }

  static <T> Opening<T> begin(ExecutorService executor, Callable<T> open) {
    return new Opening<>(executor.submit(open));
  }

  /// Waits until it is open.
  T get() throws IOException, GeneralSecurityException, StartException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw thrown(requireNonNull(failed.getCause()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", stopping);
    }
  }

  /// Closes what was opened, once it is. That it could not be opened was said by [#get].
  static void closeOnceOpen(Opening<? extends AutoCloseable> opening) throws Exception {
    AutoCloseable part;
    try {
      part = opening.future.get();
    } catch (ExecutionException neverOpened) {
      return;
    }
    part.close();
  }

  /// Answers what may be thrown unchecked, throws the rest.
  private static RuntimeException thrown(Throwable cause)
      throws IOException, GeneralSecurityException, StartException {
    return switch (cause) {
      case IOException io -> throw io;
      case GeneralSecurityException security -> throw security;
      case StartException refused -> throw refused;
      case Error error -> throw error;
      case RuntimeException bug -> bug;
      default -> throw new IOException(cause);
    };
  }
}
