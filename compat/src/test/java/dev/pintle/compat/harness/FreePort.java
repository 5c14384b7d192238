package dev.pintle.compat.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/// A port of the loopback for a real peer, which cannot say itself which one it was given.
///
/// Each JVM of the tests has a range of its own, below those that the kernel hands out, and gives no port twice before it has given all of
/// them: between the look and the peer's own bind nobody else takes it.
public final class FreePort {
  private static final int FIRST = 16_000;
  private static final int PORTS_PER_JVM = 4_000;
  private static final int JVMS_MAX = 4;
  private static final int JVM = Integer.getInteger("pintle.fork", 1) % JVMS_MAX;

  /// Begins anywhere, for what the run before may not have let go of yet.
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 101 % PORTS_PER_JVM));

  private FreePort() {}

  public static int next() throws IOException {
    for (int tried = 0; tried < PORTS_PER_JVM; tried++) {
      int offset = Math.floorMod(NEXT.getAndIncrement(), PORTS_PER_JVM);
      int port = FIRST + JVM * PORTS_PER_JVM + offset;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port from %d on".formatted(FIRST + JVM * PORTS_PER_JVM));
  }

  /// Whether somebody listens there: the least costly look at a peer that is still starting, which is taken hundreds of times.
  public static boolean isTaken(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
