package dev.pintle.server;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.member.local.LocalMember;
import dev.pintle.storage.sealed.EpochSeal;
import dev.pintle.storage.sealed.SealedKv;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The work in the background that brings everything that an earlier key has encrypted under the first one, while the member serves: the
/// values of the store, then the log and the index. Then the earlier keys are not needed any more, and the log says so. What was done is
/// kept, and a start that still finds such keys begins again.
final class KeyRotation implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(KeyRotation.class.getName());

  /// Looked at between two rests, so that writers wait for a piece of it at most.
  private static final long PIECE_BYTES = 256 << 10;

  private static final long REST_NANOS = 2_000_000;
  private static final long RETRY_NANOS = 5_000_000_000L;
  private static final long TOLD_EVERY_BYTES = 256 << 20;

  private volatile boolean stopping;
  private volatile boolean running;
  private volatile boolean begun;
  private volatile long looked;
  private volatile @Nullable Thread thread;

  /// Begins, unless everything is encrypted with the first key already.
  void start(SealedKv store, EpochSeal seal, LocalMember member) {
    if (!seal.hasStale() || stopping) {
      return;
    }
    running = true;
    begun = true;
    LOG.log(
        Level.INFO,
        "encryption: what the keys {0} have encrypted is encrypted anew with the first key",
        String.join(", ", seal.staleKeys()));
    Thread made =
        Thread.ofPlatform()
            .name("pintle-rotation")
            .daemon(true)
            .unstarted(() -> run(store, seal, member));
    thread = made;
    made.start();
  }

  private void run(SealedKv store, EpochSeal seal, LocalMember member) {
    while (!stopping) {
      try {
        if (rotate(store, seal, member)) {
          running = false;
          return;
        }
      } catch (StorageFailure | IOException trouble) {
        LOG.log(
            Level.WARNING, "encryption: rotation goes on in a while: {0}", trouble.getMessage());
      }
      rest(RETRY_NANOS);
    }
  }

  /// Answers false when it was told to stop, or has to begin again.
  private boolean rotate(SealedKv store, EpochSeal seal, LocalMember member) throws IOException {
    long before;
    do {
      // Again after the flush: what a failed store went back to may be stale again.
      before = store.sealedAnew();
      if (!pass(store)) {
        return false;
      }
      store.flush();
    } while (store.sealedAnew() != before);
    if (!member.renewFiles()) {
      return false;
    }
    String keys = String.join(", ", seal.staleKeys());
    seal.forgetStale();
    LOG.log(
        Level.INFO,
        "encryption: everything is encrypted with the first key; the file need not hold {0} any more",
        keys);
    return true;
  }

  private boolean pass(SealedKv store) {
    long seen = 0;
    long told = 0;
    for (Bucket bucket : Bucket.values()) {
      byte @Nullable [] from = new byte[0];
      while (from != null) {
        if (stopping) {
          return false;
        }
        from = store.sealAnew(bucket, from, PIECE_BYTES);
        seen += PIECE_BYTES;
        looked = seen;
        if (seen - told >= TOLD_EVERY_BYTES) {
          told = seen;
          LOG.log(
              Level.INFO,
              "encryption: looked at about {0} of {1} MiB, {2} values encrypted anew",
              seen >> 20,
              store.size().bytesInUse() >> 20,
              store.sealedAnew());
        }
        rest(REST_NANOS);
      }
    }
    return true;
  }

  private void rest(long nanos) {
    if (!stopping) {
      LockSupport.parkNanos(nanos);
    }
  }

  /// In the text format of Prometheus; empty where there was nothing to do.
  String metrics() {
    if (!begun) {
      return "";
    }
    return """
    # HELP pintle_encryption_rotating Whether values are being encrypted anew with the first key.
    # TYPE pintle_encryption_rotating gauge
    pintle_encryption_rotating %d
    # HELP pintle_encryption_rotation_looked_bytes Bytes that the pass through the store has looked at, about.
    # TYPE pintle_encryption_rotation_looked_bytes gauge
    pintle_encryption_rotation_looked_bytes %d
    """
        .formatted(running ? 1 : 0, looked);
  }

  @Override
  public void close() {
    stopping = true;
    Thread made = thread;
    if (made == null) {
      return;
    }
    LockSupport.unpark(made);
    try {
      made.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
