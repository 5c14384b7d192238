package dev.pintle.kube.outbound;

import dev.pintle.kernel.Bytes;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The bundles of authorities that were asked for last, read. Each is read once, also one that is none, and meanwhile only those wait
/// who asked for the same.
final class ServerTrusts {
  private static final int KNOWN_MAX = 200;
  private static final long BYTES_MAX = 16L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  // Both are guarded by `lock`.
  private final SequencedMap<Bytes, CompletableFuture<ServerTrust>> known =
      new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /// The authorities of a bundle.
  ///
  /// @param bundle PEM; empty for the system's
  ServerTrust of(Bytes bundle) throws OutboundException {
    CompletableFuture<ServerTrust> mine = new CompletableFuture<>();
    CompletableFuture<ServerTrust> before = before(bundle, mine);
    if (before == null) {
      try {
        mine.complete(ServerTrust.of(bundle));
      } catch (OutboundException | RuntimeException unusable) {
        mine.completeExceptionally(unusable);
      }
    }
    try {
      return (before == null ? mine : before).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof OutboundException unusable) {
        throw unusable;
      }
      throw new IllegalStateException("reading a bundle of authorities", failed);
    }
  }

  /// What is read of a bundle already; null when it is left to `mine`.
  private @Nullable CompletableFuture<ServerTrust> before(
      Bytes bundle, CompletableFuture<ServerTrust> mine) {
    lock.lock();
    try {
      CompletableFuture<ServerTrust> before = known.putIfAbsent(bundle, mine);
      if (before != null) {
        return before;
      }
      bytes += bundle.size();
      while (known.size() > 1 && (known.size() > KNOWN_MAX || bytes > BYTES_MAX)) {
        Bytes eldest = known.firstEntry().getKey();
        known.remove(eldest);
        bytes -= eldest.size();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }
}
