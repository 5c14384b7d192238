package dev.pintle.server.config;

import java.util.List;

/// What the store says of itself and allows, beside the limits of a request.
///
/// @param peerUrls where peers would reach this member, as it tells whoever asks for the members
public record StoreTerms(List<String> peerUrls) {
  /// As etcd's own defaults.
  public static final StoreTerms DEFAULT = new StoreTerms(List.of("http://localhost:2380"));

  public StoreTerms {
    peerUrls = List.copyOf(peerUrls);
  }
}
