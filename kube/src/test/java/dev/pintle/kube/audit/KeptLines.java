package dev.pintle.kube.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A place for a log that keeps its lines, and can be full, or slow.
public final class KeptLines implements AuditOutput {
  private static final int SECONDS_MAX = 20;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> all = new CopyOnWriteArrayList<>();
  private volatile boolean full;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /// Whether it has no room.
  public void full(boolean now) {
    full = now;
  }

  /// Holds the next line up until [#letOn].
  public void hold() {
    gate = new CountDownLatch(1);
  }

  public void letOn() {
    gate.countDown();
  }

  @Override
  public void write(byte[] line) throws IOException {
    try {
      if (!gate.await(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody let a line on");
      }
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
    if (full) {
      throw new IOException("No space left on device");
    }
    String text = new String(line, StandardCharsets.UTF_8);
    all.add(text);
    lines.add(text);
  }

  /// The next line, which may come later.
  public String next() throws InterruptedException {
    String line = lines.poll(SECONDS_MAX, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no line within %d s".formatted(SECONDS_MAX));
    }
    return line;
  }

  public List<String> all() {
    return all;
  }

  @Override
  public void close() {}
}
