package dev.pintle.kube.encode;

import dev.pintle.kube.status.StatusErrors;
import dev.pintle.wire.SharedLimit;
import java.util.concurrent.atomic.AtomicLong;

/// The room for lists that have to be made whole before they are sent: protobuf, YAML, and what is indented for people.
public final class WholeLists {
  /// A tree takes about so many times the bytes that it was read from.
  private static final int BYTES_PER_STORED_BYTE = 8;

  private final long bytesMax;
  private final AtomicLong held = new AtomicLong();

  /// @param bytesMax that all lists that are being made take together
  public WholeLists(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// The room that one list has taken.
  final class Share implements AutoCloseable {
    private long bytes;

    /// @throws dev.pintle.kube.status.StatusError when there is no room for so many more bytes of stored objects
    void take(long storedBytes) {
      long more = storedBytes * BYTES_PER_STORED_BYTE;
      bytes += more;
      if (held.addAndGet(more) > bytesMax) {
        throw bytes > bytesMax
            ? StatusErrors.shed(
                SharedLimit.WHOLE_LIST_BYTES,
                "the list takes more than %d bytes at once; ask for pages with limit"
                    .formatted(bytesMax))
            : StatusErrors.shed(SharedLimit.WHOLE_LIST_BYTES);
      }
    }

    @Override
    public void close() {
      held.addAndGet(-bytes);
      bytes = 0;
    }
  }

  Share share() {
    return new Share();
  }
}
