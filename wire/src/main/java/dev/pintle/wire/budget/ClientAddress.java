package dev.pintle.wire.budget;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The address that counts as one client: an IPv4 address, or the /64 network of an IPv6 address, of which one customer
/// has all.
record ClientAddress(long network, boolean version6) {
  private static final int BYTES_V4 = 4;

  static ClientAddress of(@Nullable SocketAddress address) {
    InetAddress from =
        address instanceof InetSocketAddress inet ? inet.getAddress() : InetAddress.ofLiteral("::");
    byte[] bytes = from.getAddress();
    return bytes.length == BYTES_V4
        ? new ClientAddress(ByteBuffer.wrap(bytes).getInt(), false)
        : new ClientAddress(ByteBuffer.wrap(bytes).getLong(), true);
  }
}
