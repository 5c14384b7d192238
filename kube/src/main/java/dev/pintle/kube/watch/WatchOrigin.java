package dev.pintle.kube.watch;

import dev.pintle.kube.format.AddressException;
import dev.pintle.kube.format.GoUrl;
import dev.pintle.wire.Exchange;

/// The judge of the page that a WebSocket is opened for. Go's server wants one named, and takes any.
final class WatchOrigin {
  private WatchOrigin() {}

  static boolean isRight(Exchange exchange) {
    return isRight(
        exchange.head().header("origin").orElse(""),
        exchange.head().header("host").orElse(""),
        exchange.clientCertificate().isPresent());
  }

  /// A browser keeps no page from what another site answers over WebSocket, and may show the user's certificate by itself. So where that says
  /// who calls, the page must be of this very server; a token no page has unless it was given one.
  static boolean isRight(String origin, String host, boolean certified) {
    try {
      GoUrl page = GoUrl.parseOfRequest(origin);
      return !certified || page.host().equalsIgnoreCase(host);
    } catch (AddressException unreadable) {
      return false;
    }
  }
}
