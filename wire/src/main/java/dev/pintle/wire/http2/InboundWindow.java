package dev.pintle.wire.http2;

import dev.pintle.wire.http.Upload;
import org.jspecify.annotations.Nullable;

/// The window of a client into one stream, or into the connection. On its event loop only.
final class InboundWindow {
  private final int stream;

  /// What it is opened to.
  private int wholeBytes;

  /// What the client may still send; negative where our settings made the window smaller than what was on its way.
  private int leftBytes;

  private int leftBytesMin;
  private int unconsumedBytes;
  private boolean ended;
  private @Nullable Upload upload;

  /// @param stream 0 for the connection
  InboundWindow(int stream, int bytes) {
    this.stream = stream;
    this.wholeBytes = bytes;
    this.leftBytes = bytes;
  }

  int stream() {
    return stream;
  }

  int wholeBytes() {
    return wholeBytes;
  }

  int leftBytes() {
    return leftBytes;
  }

  /// What came, and nobody has consumed yet.
  int unconsumedBytes() {
    return unconsumedBytes;
  }

  /// Takes data; false when the client had no right to send it.
  boolean receive(int bytes) {
    leftBytes -= bytes;
    unconsumedBytes += bytes;
    return leftBytes >= leftBytesMin;
  }

  void consume(int bytes) {
    unconsumedBytes -= bytes;
  }

  /// No more data comes.
  void end() {
    ended = true;
  }

  /// Opens it wider from the next time on that something is given back.
  void widen(int more) {
    wholeBytes = Math.clamp((long) wholeBytes + more, 0, Integer.MAX_VALUE);
  }

  /// Follows our settings, which the client has heard.
  void resize(int more) {
    wholeBytes += more;
    leftBytes += more;
    leftBytesMin = Math.min(more, 0);
  }

  /// The way of a large body through this window; null until it needs more than the window had at first.
  @Nullable Upload upload() {
    return upload;
  }

  void upload(Upload begun) {
    upload = begun;
  }

  /// Whether something is to be given back to the client: not while that is less than half of the window.
  boolean isDue() {
    return !ended && wholeBytes > 0 && leftBytes + unconsumedBytes <= wholeBytes / 2;
  }

  /// What is to be given back to the client now, which it then has; 0 where nothing is due.
  int takeDue() {
    if (!isDue()) {
      return 0;
    }
    int back = wholeBytes - leftBytes - unconsumedBytes;
    leftBytes += back;
    return back;
  }
}
