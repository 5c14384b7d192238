package dev.pintle.kube.chain;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// The name by which an audit knows a request whose client gave it none: a random UUID that nobody needs to be unable to guess. Its text is
/// made when somebody looks at it.
record AuditId(long high, long low) implements Supplier<String> {
  private static final long VERSION_4 = 0x4000L;
  private static final long VERSION_BITS = 0xF000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

  static AuditId random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new AuditId(
        (random.nextLong() & ~VERSION_BITS) | VERSION_4,
        (random.nextLong() & ~VARIANT_BITS) | VARIANT);
  }

  @Override
  public String get() {
    return new UUID(high, low).toString();
  }
}
