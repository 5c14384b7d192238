package dev.pintle.kube.rule;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/// The hour by which rules stamp and judge objects. Rules are the same for every server of a process and are made once; the hour of a
/// server's cluster goes with the thread that asks them.
public final class RuleTime {
  private static final ScopedValue<InstantSource> SOURCE = ScopedValue.newInstance();

  private RuleTime() {}

  /// The machine's where nothing else was said.
  public static Instant now() {
    return SOURCE.orElse(InstantSource.system()).instant();
  }

  /// Asks rules by the hour of `source`.
  public static <T> T by(InstantSource source, Supplier<T> asking) {
    return ScopedValue.where(SOURCE, source).call(asking::get);
  }
}
