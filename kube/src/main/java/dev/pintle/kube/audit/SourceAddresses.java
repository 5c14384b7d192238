package dev.pintle.kube.audit;

import dev.pintle.kube.format.Addresses;
import dev.pintle.wire.RequestHead;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The addresses from where a request came: those that proxies name, which anybody can, and that of the connection.
final class SourceAddresses {
  /// Upstream keeps all; a header of addresses only is a log that nobody can read.
  private static final int ADDRESSES_MAX = 100;

  private SourceAddresses() {}

  static List<String> of(RequestHead head, SocketAddress remote) {
    List<String> addresses = new ArrayList<>(1);
    String forwarded = head.header("x-forwarded-for").orElse("");
    if (!forwarded.isEmpty()) {
      addForwarded(forwarded, addresses);
    }
    String real = address(head.header("x-real-ip").orElse(""));
    if (real != null && !addresses.contains(real)) {
      addresses.add(real);
    }
    InetAddress of = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
    if (of != null) {
      String own = Addresses.text(Addresses.unmapped(of.getAddress()));
      if (addresses.isEmpty() || !addresses.getLast().equals(own)) {
        addresses.add(own);
      }
    }
    return List.copyOf(addresses);
  }

  private static void addForwarded(String forwarded, List<String> addresses) {
    int from = 0;
    while (from <= forwarded.length() && addresses.size() < ADDRESSES_MAX) {
      int comma = forwarded.indexOf(',', from);
      int to = comma < 0 ? forwarded.length() : comma;
      String address = address(forwarded.substring(from, to).strip());
      if (address != null) {
        addresses.add(address);
      }
      from = to + 1;
    }
  }

  /// As it is written, whoever wrote it; null where it is none.
  private static @Nullable String address(String text) {
    byte[] bytes = text.isEmpty() ? null : Addresses.parse(text);
    return bytes == null ? null : Addresses.text(Addresses.unmapped(bytes));
  }
}
