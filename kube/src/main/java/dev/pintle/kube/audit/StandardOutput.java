package dev.pintle.kube.audit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/// The standard output of the process as the place of a log.
final class StandardOutput implements AuditOutput {
  static final String PATH = "-";

  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

  @Override
  public void write(byte[] line) throws IOException {
    out.write(line);
  }

  /// It is everybody's.
  @Override
  public void close() {}
}
