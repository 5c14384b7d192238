package dev.pintle.kernel.backend;

/// The abilities of a backend as it tells them, so that nobody has to find out. The program refuses to start with one that cannot do what it needs.
///
/// @param durable whether what was flushed outlives the process. Without it the member keeps no log either: everything ends with the
///     process
/// @param snapshots whether read transactions stay at their moment; the program needs it
/// @param concurrentReaders whether reads on several threads go on at once, and beside a commit; without it they are right, and wait for
///     one another
/// @param keyBytesMax the largest key that is taken; the program needs 64
/// @param valueBytesMax the largest value that is taken; the program needs its largest request and a quarter more
/// @param sizeReported whether the size that is told is that of the backend. Without it no quota can be kept
public record BackendCapabilities(
    boolean durable,
    boolean snapshots,
    boolean concurrentReaders,
    int keyBytesMax,
    long valueBytesMax,
    boolean sizeReported) {
  /// The largest key that the program writes, in bytes.
  public static final int KEY_BYTES_NEEDED = 64;

  public BackendCapabilities {
    require("key-bytes-max", keyBytesMax);
    require("value-bytes-max", valueBytesMax);
  }

  private static void require(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s: %d (expected: at least 1)".formatted(name, value));
    }
  }

  /// Those of a backend that can all, with no bound on sizes but that of an array.
  public static BackendCapabilities all() {
    return new BackendCapabilities(
        true, true, true, Integer.MAX_VALUE - 64, Integer.MAX_VALUE - 64, true);
  }

  /// The same, for what ends with the process.
  public BackendCapabilities notDurable() {
    return new BackendCapabilities(
        false, snapshots, concurrentReaders, keyBytesMax, valueBytesMax, sizeReported);
  }

  /// The same, with other bounds on sizes.
  public BackendCapabilities withSizes(int keyBytes, long valueBytes) {
    return new BackendCapabilities(
        durable, snapshots, concurrentReaders, keyBytes, valueBytes, sizeReported);
  }
}
