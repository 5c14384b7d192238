package dev.pintle.embed.requests;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The requests that a server's Kubernetes API has received, from its start or the last [#clear] on: the last [#REQUESTS_MAX] of them, and of the objects
/// that they changed the last [#OBJECT_BYTES_MAX] bytes. What comes at the etcd port, and what the server's own controllers do, is not among them.
///
/// Who has the answer to a request finds the request here, with its end. All methods may be called by any thread, also once the server is closed.
public final class RequestLog {
  /// So many requests are kept.
  public static final int REQUESTS_MAX = 5_000;

  /// So many bytes of JSON are kept, of all objects before and after writes.
  public static final long OBJECT_BYTES_MAX = 8 << 20;

  /// All that are kept, in the order in which they came.
  public List<ReceivedRequest> all() {
    throw new UnsupportedOperationException();
  }

  /// Those that are kept and that a filter chooses, in the order in which they came.
  public List<ReceivedRequest> matching(RequestFilter filter) {
    throw new UnsupportedOperationException();
  }

  /// The last `count` that are kept, in the order in which they came.
  public List<ReceivedRequest> last(int count) {
    throw new UnsupportedOperationException();
  }

  /// How many were received, also of those that are not kept any more.
  public long count() {
    throw new UnsupportedOperationException();
  }

  /// Waits until a request has come that a filter chooses; one that is there already counts.
  ///
  /// @return empty when none came in `most`
  /// @throws InterruptedException when the thread is interrupted meanwhile
  public Optional<ReceivedRequest> await(RequestFilter filter, Duration most)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /// Forgets all of them; what is under way then stays forgotten.
  public void clear() {
    throw new UnsupportedOperationException();
  }

  /// The last `count` requests as a text for people, a line or a few for each: when, who, what, the status, how long, how much, and which
  /// fields it changed. It may tell what is in Secrets.
  public String text(int count) {
    throw new UnsupportedOperationException();
  }

  /// Writes a page for a browser with all that are kept, and nothing else needed beside it.
  ///
  /// @param file is replaced when it is there; its folder must be
  /// @return the file
  public Path writePage(Path file) throws IOException {
    throw new UnsupportedOperationException();
  }
}
