package dev.pintle.server.config;

import java.util.List;

/// The terms of the store beside the limits of a request: what it says of itself, and what it allows.
///
/// @param peerUrls where peers would reach this member, as it tells whoever asks for the members
/// @param quotaBytes what it may occupy; 0 or less for any size
public record StoreTerms(List<String> peerUrls, long quotaBytes) {
  /// The peer URLs as etcd's own default, and any size.
  public static final StoreTerms DEFAULT = new StoreTerms(List.of("http://localhost:2380"), 0);

  public StoreTerms {
    peerUrls = List.copyOf(peerUrls);
  }

  public StoreTerms withQuotaBytes(long changed) {
    return new StoreTerms(peerUrls, changed);
  }
}
