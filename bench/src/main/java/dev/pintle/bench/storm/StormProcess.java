package dev.pintle.bench.storm;

import dev.pintle.bench.process.BackgroundJvm;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/// The clients that create Jobs, the controllers and the kubelets, as a process of their own that comes last on this machine.
public final class StormProcess implements AutoCloseable {
  private final Process process;
  private final DataOutputStream orders;
  private final DataInputStream answers;

  private StormProcess(Process process) {
    this.process = process;
    this.orders = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  public static StormProcess start() throws IOException, InterruptedException {
    return new StormProcess(BackgroundJvm.start(StormProgram.class));
  }

  /// Opens the connections of all its clients.
  void connect(StormTarget target, StormScale scale) throws IOException {
    target.write(orders);
    scale.write(orders);
    orders.flush();
    var _ = told(answers::readBoolean);
  }

  BurstOutcome burst(String prefix, int jobs) throws IOException {
    orders.writeInt(jobs);
    orders.writeUTF(prefix);
    orders.flush();
    return told(() -> BurstOutcome.read(answers));
  }

  /// Closes the connections; another server may come.
  void disconnect() throws IOException {
    orders.writeInt(0);
    orders.flush();
  }

  /// The reader of an answer of the process.
  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T told(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (EOFException ended) {
      throw new IOException(
          "the storm's process ended (expected: its figures; what it said stands above)", ended);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
