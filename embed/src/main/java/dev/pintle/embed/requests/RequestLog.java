package dev.pintle.embed.requests;

import dev.pintle.kube.intercept.RequestJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The requests that a server's Kubernetes API has received, from its start or the last [#clear] on: the last [#REQUESTS_MAX] of them, and of
/// the objects that they wrote the last [#OBJECT_BYTES_MAX] bytes. What comes at the etcd port, and what the server's own controllers do, is not
/// among them.
///
/// Who has the answer to a request finds the request here, with its end. All methods may be called by any thread, also once the server is closed.
public final class RequestLog {
  /// So many requests are kept.
  public static final int REQUESTS_MAX = 5_000;

  /// So many bytes of JSON are kept, of all objects before and after writes.
  public static final long OBJECT_BYTES_MAX = 8 << 20;

  private final RequestJournal book;

  /// The log that a server keeps; for the server's own use.
  public RequestLog(RequestJournal book) {
    this.book = book;
  }

  /// All that are kept, in the order in which they came.
  public List<ReceivedRequest> all() {
    return book.all().stream().map(ReceivedRequest::new).toList();
  }

  /// Those that are kept and that a filter chooses, in the order in which they came.
  public List<ReceivedRequest> matching(RequestFilter filter) {
    return all().stream().filter(filter::matches).toList();
  }

  /// The last `count` that are kept, or all where there are fewer, in the order in which they came.
  ///
  /// @param count not negative
  public List<ReceivedRequest> last(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: %d (expected: not negative)".formatted(count));
    }
    List<ReceivedRequest> all = all();
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  /// How many were received since the start of the server, also of those that are not kept any more.
  public long count() {
    return book.count();
  }

  /// Waits until a request has come that a filter chooses; one that is there already counts.
  ///
  /// @return empty when none came in `most`
  /// @throws InterruptedException when the thread is interrupted meanwhile
  public Optional<ReceivedRequest> await(RequestFilter filter, Duration most)
      throws InterruptedException {
    return book.await(seen -> filter.matches(new ReceivedRequest(seen)), most)
        .map(ReceivedRequest::new);
  }

  /// Forgets all of them; what is under way then stays forgotten.
  public void clear() {
    book.clear();
  }

  /// The last `count` requests as a text for people, a line or a few for each: when, the status, what, how long, how much, and who; and the
  /// fault, the refusal and the fields that it changed. It may tell what is in Secrets.
  public String text(int count) {
    return RequestText.of(last(count), count());
  }

  /// A page for a browser with all that are kept: HTML that needs nothing beside it. It may tell what is in Secrets.
  public String page() {
    return RequestPage.of(all(), count());
  }

  /// Writes the [#page].
  ///
  /// @param file is replaced when it is there; its folder must be
  /// @return the file
  public Path writePage(Path file) throws IOException {
    return Files.writeString(file, page(), StandardCharsets.UTF_8);
  }

  /// Writes the [#page], and has this machine's browser show it.
  ///
  /// @param file as of [#writePage]
  /// @return whether there is a program that opens files for people
  public boolean openPage(Path file) throws IOException {
    return Browser.open(writePage(file));
  }
}
