package dev.pintle.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The file descriptors of this process, and who may have them. A client that opens connections must never take those that the
/// log and the store need.
///
/// @param max how many the process may have open
/// @param open how many it has open
record Descriptors(long max, long open) {
  /// Beside the tables: log segments, checkpoints, jars that were not opened yet, files of keys.
  private static final long RESERVE = 64;

  private static final int TABLES_MAX = 512;
  private static final int TABLES_MIN = 32;
  private static final int TABLES_SHARE = 4;

  static Descriptors now() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? new Descriptors(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
        : new Descriptors(Long.MAX_VALUE, 0);
  }

  /// Table files that the store may keep open.
  int forTables() {
    return Math.clamp(max / TABLES_SHARE, TABLES_MIN, TABLES_MAX);
  }

  /// Connections that may be open, once everything else is.
  long forConnections() {
    return max - open - forTables() - RESERVE;
  }
}
