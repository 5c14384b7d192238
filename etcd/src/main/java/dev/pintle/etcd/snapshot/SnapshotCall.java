package dev.pintle.etcd.snapshot;

import dev.pintle.bbolt.BboltWriter;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.state.StoredState;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One `Snapshot` call: the store at one moment as a bbolt file, in blobs of [#BLOB_BYTES], and its SHA-256 as the last. Each says how
/// many bytes of the file remain, so that the file is measured before the first, in the client's turn. It is sent on a thread of its own,
/// which holds one piece of the store and one blob, and waits while the client does not read; nobody's writes wait for it.
public final class SnapshotCall implements Inbound {
  /// As etcd's.
  static final int BLOB_BYTES = 32 << 10;

  private static final Bytes VERSION = Bytes.utf8(SnapshotOrigin.STORAGE_VERSION);
  private static final int REMAINING_BYTES = 2;
  private static final int BLOB = 3;
  private static final int STORAGE_VERSION = 4;

  private static final System.Logger LOG = System.getLogger(SnapshotCall.class.getName());
  private static final GrpcStatus FAILED =
      new GrpcStatus(Code.INTERNAL, "the reading of this snapshot failed");

  private final GrpcStream stream;
  private final Source source;
  private final SlowWork threads;
  private final SnapshotPace pace;
  private final Semaphore writable = new Semaphore(0);
  private volatile boolean aborted;
  private boolean asked;

  /// The store that is copied.
  ///
  /// @param state begins a reading of the store
  /// @param origin answers whose it is
  public record Source(Supplier<StoredState> state, Supplier<SnapshotOrigin> origin) {}

  public SnapshotCall(GrpcStream stream, Source source, SlowWork threads, SnapshotPace pace) {
    this.stream = stream;
    this.source = source;
    this.threads = threads;
    this.pace = pace;
    stream.onWritable(writable::release);
  }

  @Override
  public void message(ByteBuf message) {
    if (asked) {
      aborted();
      stream.close(EtcdStatus.SEVERAL_MESSAGES);
      return;
    }
    asked = true;
    if (!threads.tryExecuteLong(stream, this::measure)) {
      stream.close(EtcdStatus.STOPPED);
    }
  }

  @Override
  public void halfClosed() {}

  @Override
  public void aborted() {
    aborted = true;
    writable.release();
  }

  /// Needs nothing of the client, so it may have a thread of those that take turns.
  private void measure() {
    guarded(() -> {
      StoredState state = source.state().get();
      boolean handedOver = false;
      try {
        BboltWriter file =
            BboltWriter.measure(new SnapshotBuckets(state, source.origin().get(), this::giveWay));
        threads.execute(() -> send(state, file));
        handedOver = true;
      } finally {
        if (!handedOver) {
          state.close();
        }
      }
    });
  }

  private void send(StoredState measured, BboltWriter file) {
    guarded(() -> {
      try (StoredState _ = measured) {
        Blobs blobs = new Blobs(file.bytes());
        file.write(blobs::take);
        blobs.finish();
        stream.close(GrpcStatus.OK);
      }
    });
  }

  /// A piece of the work, which may find that the client has gone or that the store fails.
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void guarded(Step step) {
    try {
      step.run();
    } catch (Gone gone) {
      // Nobody waits for more.
    } catch (InterruptedIOException stopping) {
      stream.close(EtcdStatus.STOPPED);
    } catch (StorageFailure failure) {
      LOG.log(Level.WARNING, "a snapshot ended early: {0}", failure.getMessage());
      stream.close(FAILED);
    } catch (IOException bug) {
      stream.close(FAILED);
      throw new UncheckedIOException(bug);
    } catch (RuntimeException | Error bug) {
      stream.close(FAILED);
      throw bug;
    }
  }

  /// The end of a call whose client has gone.
  private static final class Gone extends RuntimeException {
    Gone() {
      super("the client has gone", null, false, false);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // virtual threads give way nowhere else
  private void giveWay() {
    Thread.yield();
    requirePresent();
  }

  /// The pieces of the file on their way.
  private final class Blobs {
    private final byte[] blob = new byte[BLOB_BYTES];
    private final MessageDigest hash = sha256();
    private long remaining;
    private int filled;

    Blobs(long bytes) {
      this.remaining = bytes;
    }

    void take(byte[] source, int from, int count) throws IOException {
      int done = 0;
      while (done < count) {
        int part = Math.min(count - done, BLOB_BYTES - filled);
        System.arraycopy(source, from + done, blob, filled, part);
        filled += part;
        done += part;
        if (filled == BLOB_BYTES) {
          flush();
        }
      }
    }

    void finish() throws IOException {
      if (filled > 0) {
        flush();
      }
      byte[] digest = hash.digest();
      send(digest, digest.length);
    }

    private void flush() throws IOException {
      hash.update(blob, 0, filled);
      remaining -= filled;
      send(blob, filled);
      int sent = filled;
      filled = 0;
      pause(pace.pause(sent));
    }

    private void send(byte[] bytes, int count) throws IOException {
      awaitWritable();
      int size =
          FieldSize.int64(REMAINING_BYTES, remaining)
              + FieldSize.nested(BLOB, count)
              + FieldSize.bytes(STORAGE_VERSION, VERSION);
      ByteBuf out = stream.allocator().buffer(size);
      FieldWriter.int64(out, REMAINING_BYTES, remaining);
      FieldWriter.nested(out, BLOB, count);
      out.writeBytes(bytes, 0, count);
      FieldWriter.bytes(out, STORAGE_VERSION, VERSION);
      stream.send(out);
    }
  }

  private void awaitWritable() throws IOException {
    try {
      while (!stream.isWritable() && !aborted) {
        writable.acquire();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    requirePresent();
  }

  private void requirePresent() {
    if (aborted) {
      throw new Gone();
    }
  }

  /// Ends early when the client goes, or becomes writable once more, which costs nothing.
  private void pause(long nanos) throws IOException {
    try {
      long end = System.nanoTime() + nanos;
      for (long left = nanos; left > 0 && !aborted; left = end - System.nanoTime()) {
        var _ = writable.tryAcquire(left, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    requirePresent();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 (expected: in every JDK)", missing);
    }
  }
}
