package dev.pintle.member.log;

/// The sizes of the log's files.
///
/// @param segmentBytes a segment that has reached this size is followed by a new one
/// @param fillBytes how far ahead of the frames a segment is filled with zeros
public record LogConfig(long segmentBytes, int fillBytes) {
  private static final int MIB = 1 << 20;

  public static final LogConfig DEFAULT = new LogConfig(16L * MIB, MIB);

  public LogConfig {
    if (segmentBytes < 4096 || segmentBytes > (1L << 30)) {
      throw new IllegalArgumentException(
          "log.segment-bytes: %d (expected: 4096 to %d)".formatted(segmentBytes, 1L << 30));
    }
    if (fillBytes < 512 || fillBytes > 64 * MIB) {
      throw new IllegalArgumentException(
          "log.fill-bytes: %d (expected: 512 to %d)".formatted(fillBytes, 64 * MIB));
    }
  }
}
