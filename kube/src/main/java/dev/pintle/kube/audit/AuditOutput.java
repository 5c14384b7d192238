package dev.pintle.kube.audit;

import java.io.Closeable;
import java.io.IOException;

/// The place where lines of the log go, one after the other.
public interface AuditOutput extends Closeable {
  /// Writes a line, whole or not at all as far as it can.
  void write(byte[] line) throws IOException;
}
