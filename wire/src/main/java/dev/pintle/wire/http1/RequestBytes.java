package dev.pintle.wire.http1;

import dev.pintle.wire.budget.Allowance;

/// The bytes of requests that one connection holds, counted against its allowance: heads until they are answered, bodies while they are
/// collected, and what has come and is no part of a request yet.
final class RequestBytes {
  private final RequestDecoder decoder;
  private final Allowance allowance;
  private int headBytes;
  private int pendingBytes;

  RequestBytes(RequestDecoder decoder, Allowance allowance) {
    this.decoder = decoder;
    this.allowance = allowance;
  }

  /// Counts what of a body is collected, or no longer is where `bytes` is negative. False when there is no room for more.
  boolean collect(int bytes) {
    if (bytes > 0) {
      return allowance.tryTake(bytes);
    }
    allowance.give(-bytes);
    return true;
  }

  /// The head of a request counts until it is answered. False when there is no room for it.
  boolean takeHead(int bytes) {
    if (!allowance.tryTake(bytes)) {
      return false;
    }
    headBytes += bytes;
    return true;
  }

  void giveHead() {
    allowance.give(headBytes);
    headBytes = 0;
  }

  /// A part of a request has come out of what was pending, which is counted anew; answers how much it was.
  int takePart() {
    int bytes = decoder.takePendingBytes();
    countPending();
    return bytes;
  }

  /// What is not yet a part of a request counts as long as it is here. False when there is no room for it.
  boolean countPending() {
    int more = decoder.pendingBytes() - pendingBytes;
    if (more > 0 && !allowance.tryTake(more)) {
      return false;
    }
    if (more < 0) {
      allowance.give(-more);
    }
    pendingBytes += more;
    return true;
  }
}
