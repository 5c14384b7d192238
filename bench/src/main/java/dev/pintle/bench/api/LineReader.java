package dev.pintle.bench.api;

/// The reader of the events of a watch.
@FunctionalInterface
public interface LineReader {
  /// @param bytes holds the line, and is used again afterwards
  void line(byte[] bytes, int length);
}
