package dev.pintle.member.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file. Used by one thread at a time.
public interface DiskFile extends AutoCloseable {
  /// What to call the file in a message.
  String describe();

  long size() throws IOException;

  /// Fills `target` from `position` on, or up to the end of the file; answers how many bytes that were.
  int read(ByteBuffer target, long position) throws IOException;

  /// Writes all of `source`; durable after [#force].
  ///
  /// @throws DiskFull when there is no room; a part may have been written
  void write(ByteBuffer source, long position) throws IOException;

  /// Cuts the file to `size`; durable after [#force].
  void truncate(long size) throws IOException;

  /// Returns when everything written before survives a crash. After a failure nothing is known about what was written.
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
