package dev.pintle.server.cli;

import dev.pintle.server.config.StoreTerms;
import java.util.Arrays;
import java.util.List;

/// The flags of `./pintle etcd` about what the store says of itself and allows.
final class StoreFlags {
  private StoreFlags() {}

  static StoreTerms read(Flags flags) {
    List<String> peerUrls =
        flags
            .value("initial-advertise-peer-urls")
            .map(text -> Arrays.stream(text.split(",")).map(String::strip).toList())
            .orElse(StoreTerms.DEFAULT.peerUrls());
    return new StoreTerms(peerUrls);
  }
}
