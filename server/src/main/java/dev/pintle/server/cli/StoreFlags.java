package dev.pintle.server.cli;

import dev.pintle.server.config.StoreTerms;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The flags about what the store says of itself and allows.
final class StoreFlags {
  /// The name of the flag of `./pintle up`.
  static final String QUOTA_BESIDE = "etcd-quota-backend-bytes";

  private static final String QUOTA = "quota-backend-bytes";

  /// What etcd allows where nothing is said.
  private static final long QUOTA_BYTES = 2L << 30;

  private StoreFlags() {}

  /// Those of `./pintle etcd`: as in etcd 0 means what etcd allows, and less than that any size.
  static StoreTerms read(Flags flags) {
    List<String> peerUrls =
        flags
            .value("initial-advertise-peer-urls")
            .map(text -> Arrays.stream(text.split(",")).map(String::strip).toList())
            .orElse(StoreTerms.DEFAULT.peerUrls());
    long quota = flags.value(QUOTA).map(text -> bytes(QUOTA, text)).orElse(0L);
    return new StoreTerms(peerUrls, quota == 0 ? QUOTA_BYTES : quota);
  }

  /// That of `./pintle up`: any size, unless one is given.
  static StoreTerms readBeside(Flags flags, StoreTerms defaults) {
    Optional<Long> quota = flags.value(QUOTA_BESIDE).map(text -> bytes(QUOTA_BESIDE, text));
    return quota.map(defaults::withQuotaBytes).orElse(defaults);
  }

  private static long bytes(String flag, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          "--%s: %s (expected: a number of bytes)".formatted(flag, text), noNumber);
    }
  }
}
