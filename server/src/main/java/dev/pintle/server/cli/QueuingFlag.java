package dev.pintle.server.cli;

import dev.pintle.etcd.plan.PlanReader;
import dev.pintle.server.config.EtcdQueuing;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The flag that says whether requests at the etcd port are queued fairly, and after which plan.
final class QueuingFlag {
  /// In `./pintle etcd`.
  static final String ALONE = "fair-queuing";

  /// In `./pintle up`.
  static final String BESIDE = "etcd-fair-queuing";

  private QueuingFlag() {}

  static EtcdQueuing read(Flags flags, String name) throws StartException {
    String given = flags.value(name).orElse(EtcdQueuing.OFF.given());
    if (given.equals(EtcdQueuing.OFF.given())) {
      return EtcdQueuing.OFF;
    }
    if (given.equals(EtcdQueuing.ON.given())) {
      return EtcdQueuing.ON;
    }
    if (given.isEmpty()) {
      throw flags.refusal("--%s: nothing (expected: off, on, or a file)".formatted(name));
    }
    try {
      return new EtcdQueuing(given, Optional.of(PlanReader.read(text(Path.of(given)))));
    } catch (IOException unreadable) {
      throw flags.refusal(
          "--%s %s: cannot be read: %s (expected: off, on, or a file)"
              .formatted(name, given, unreadable));
    } catch (IllegalArgumentException bad) {
      throw flags.refusal("--%s %s: %s".formatted(name, given, bad.getMessage()));
    }
  }

  /// One byte more than a plan may have is enough to see that it is none.
  private static byte[] text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(PlanReader.BYTES_MAX + 1);
    }
  }
}
