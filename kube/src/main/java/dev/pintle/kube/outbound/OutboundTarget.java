package dev.pintle.kube.outbound;

import java.net.InetSocketAddress;
import java.util.List;

/// A server that may be asked, and what it is asked.
///
/// @param places where it is; any of them will do, the first ones rather
/// @param serverName that its certificate must have
/// @param authority as the request names it, `name:port` mostly
/// @param path with what follows it, as it is sent
/// @param insisting whether it is asked even though it was late again and again
/// @param headers of the request that are not the same everywhere, each `Name: value`
record OutboundTarget(
    List<Place> places,
    String serverName,
    String authority,
    String path,
    ServerTrust trust,
    boolean insisting,
    List<String> headers) {
  private static final List<String> OF_ADMISSION = List.of("User-Agent: kube-apiserver-admission");

  OutboundTarget {
    places = List.copyOf(places);
    headers = List.copyOf(headers);
  }

  OutboundTarget(
      List<Place> places,
      String serverName,
      String authority,
      String path,
      ServerTrust trust,
      boolean insisting) {
    this(places, serverName, authority, path, trust, insisting, OF_ADMISSION);
  }

  /// A place where a server may be.
  ///
  /// @param host a name or an address
  /// @param version of what names it; another one tells that it is worth another try
  record Place(String host, int port, long version) {
    /// One that is always named alike.
    Place(String host, int port) {
      this(host, port, 0);
    }
  }

  /// One end of connections: an address, the name it must prove, and by whose word.
  record Peer(InetSocketAddress address, String serverName, ServerTrust trust) {}

  /// The same server at other places.
  OutboundTarget at(List<Place> others) {
    return new OutboundTarget(others, serverName, authority, path, trust, insisting, headers);
  }

  /// The same with other headers.
  OutboundTarget with(List<String> others) {
    return new OutboundTarget(places, serverName, authority, path, trust, insisting, others);
  }

  Peer at(InetSocketAddress address) {
    return new Peer(address, serverName, trust);
  }

  /// What is asked of whom, as upstream names it in messages.
  String request() {
    return "Post \"" + url() + "\"";
  }

  String url() {
    return (trust.isClear() ? "http://" : "https://") + authority + path;
  }
}
