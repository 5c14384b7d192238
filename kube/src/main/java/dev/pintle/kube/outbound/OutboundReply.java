package dev.pintle.kube.outbound;

import dev.pintle.kernel.Bytes;

/// The answer of a server.
///
/// @param contentType empty when it named none
record OutboundReply(int code, String contentType, Bytes body) {
  /// Whether upstream takes it for an answer to what it asked.
  boolean isSuccess() {
    return code >= 200 && code <= 206;
  }
}
