package dev.pintle.etcd.maintenance;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// The form of the URLs by which members reach one another.
final class PeerUrl {
  private static final Set<String> WITH_PORT = Set.of("http", "https");
  private static final Set<String> LOCAL = Set.of("unix", "unixs");

  private PeerUrl() {}

  /// A scheme, a host with a port, and nothing behind it.
  static boolean isValid(String text) {
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException noUrl) {
      return false;
    }
    String scheme = url.getScheme();
    if (scheme == null || url.getRawAuthority() == null) {
      return false;
    }
    boolean bare = url.getRawPath() == null || url.getRawPath().isEmpty();
    return LOCAL.contains(scheme) || (WITH_PORT.contains(scheme) && url.getPort() >= 0 && bare);
  }
}
