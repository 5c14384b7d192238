package dev.pintle.kube.chain;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The names by which an audit knows requests whose clients gave them none: random UUIDs that nobody needs to be unable to guess.
final class AuditId {
  private static final long VERSION_4 = 0x4000L;
  private static final long VERSION_BITS = 0xF000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

  private AuditId() {}

  static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~VERSION_BITS) | VERSION_4;
    long low = (random.nextLong() & ~VARIANT_BITS) | VARIANT;
    return new UUID(high, low).toString();
  }
}
