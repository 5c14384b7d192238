package dev.pintle.bbolt;

import java.io.IOException;

/// A taker of the bytes of a file, from its first to its last. The array is read during the call only.
@FunctionalInterface
public interface ByteSink {
  void write(byte[] source, int from, int count) throws IOException;
}
