package dev.pintle.wire.http2;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.StreamByteDistributor;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/// The ledger that shares the connection's window out evenly, and keeps the account of what is queued: every change of
/// a stream's queue passes here, so that no listener and no promise per message is needed to know it.
final class OutboundLedger implements StreamByteDistributor {
  /// Bytes given to a stream before the next has its turn; 16 KiB is one full frame.
  private static final int BYTES_PER_TURN = 16 * 1024;

  private final UniformStreamByteDistributor uniform;
  private final Http2Connection.PropertyKey linkKey;
  private long queuedBytes;

  OutboundLedger(Http2Connection connection, Http2Connection.PropertyKey linkKey) {
    this.uniform = new UniformStreamByteDistributor(connection);
    this.uniform.minAllocationChunk(BYTES_PER_TURN);
    this.linkKey = linkKey;
  }

  /// Bytes queued on all streams, waiting for a window or for the socket.
  long queuedBytes() {
    return queuedBytes;
  }

  @Override
  public void updateStreamableBytes(StreamState state) {
    uniform.updateStreamableBytes(state);
    StreamLink link = state.stream().getProperty(linkKey);
    if (link != null) {
      queuedBytes += link.queueChanged((int) Math.min(Integer.MAX_VALUE, state.pendingBytes()));
    }
  }

  @Override
  public void updateDependencyTree(int child, int parent, short weight, boolean exclusive) {
    uniform.updateDependencyTree(child, parent, weight, exclusive);
  }

  @Override
  public boolean distribute(int maxBytes, Writer writer) throws Http2Exception {
    return uniform.distribute(maxBytes, writer);
  }
}
