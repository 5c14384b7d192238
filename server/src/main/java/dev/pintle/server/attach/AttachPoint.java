package dev.pintle.server.attach;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The store's side: serves a Kubernetes API to each process that asks for one, one at a time, until that process or the store ends.
public final class AttachPoint implements AutoCloseable {
  static final byte REFUSED = 1;
  static final byte SERVING = 2;
  static final byte ENDED = 3;

  private static final System.Logger LOG = System.getLogger(AttachPoint.class.getName());

  /// How long the end of another may take: its clients have three seconds.
  private static final Duration TURN_MAX = Duration.ofSeconds(10);

  private final AttachSocket socket;
  private final ServerSocketChannel channel;
  private final Opener opener;
  private final Semaphore turn = new Semaphore(1);
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private final Set<Thread> serving = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /// The part that serves a process.
  public interface Served extends AutoCloseable {
    /// Where clients find it.
    String url();

    /// Completes exceptionally when it cannot go on.
    CompletableFuture<Void> settled();

    @Override
    void close();
  }

  /// The way to begin to serve.
  @FunctionalInterface
  public interface Opener {
    /// @param flags of the process that asks, with files named from the root on
    /// @throws StartException for the eyes of that process's user
    Served open(List<String> flags) throws StartException;
  }

  private AttachPoint(AttachSocket socket, ServerSocketChannel channel, Opener opener) {
    this.socket = socket;
    this.channel = channel;
    this.opener = opener;
  }

  /// @param port of the store's etcd, by which processes find it
  public static AttachPoint open(int port, Opener opener) throws StartException {
    return open(AttachSocket.of(port), opener);
  }

  static AttachPoint open(AttachSocket socket, Opener opener) throws StartException {
    try {
      socket.prepare();
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(socket.path()));
      AttachPoint point = new AttachPoint(socket, channel, opener);
      Thread.ofPlatform().daemon().name("attach-accept").start(point::accept);
      return point;
    } catch (IOException failed) {
      throw new StartException(
          ExitCode.DATA,
          "%s: no socket for kube-apiserver can be made: %s".formatted(socket.path(), failed),
          failed);
    }
  }

  private void accept() {
    while (!closing) {
      try {
        SocketChannel connection = channel.accept();
        connections.add(connection);
        serving.add(Thread.ofVirtual().name("attach-serve").start(() -> serve(connection)));
      } catch (IOException ended) {
        if (!closing) {
          LOG.log(System.Logger.Level.WARNING, "no kube-apiserver is served any more", ended);
        }
        return;
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      DataInputStream in = new DataInputStream(Channels.newInputStream(connection));
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(connection));
      List<String> flags = AttachMessages.readFlags(in);
      if (!turn.tryAcquire(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        refuse(
            out,
            new StartException(ExitCode.IN_USE, "another kube-apiserver serves from this store"));
        return;
      }
      try {
        serve(flags, connection, in, out);
      } finally {
        turn.release();
      }
      out.writeByte(ENDED);
      out.flush();
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "a kube-apiserver is gone", gone);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
      serving.remove(Thread.currentThread());
    }
  }

  private void serve(
      List<String> flags, SocketChannel connection, DataInputStream in, DataOutputStream out)
      throws IOException {
    if (closing) {
      refuse(out, new StartException(ExitCode.DATA, "the etcd is ending"));
      return;
    }
    try (Served served = opener.open(flags)) {
      out.writeByte(SERVING);
      AttachMessages.writeText(out, served.url());
      out.flush();
      var _ = served.settled().whenComplete((_, failed) -> endOn(failed, connection));
      awaitEnd(in);
    } catch (StartException refused) {
      refuse(out, refused);
    }
  }

  private static void endOn(@Nullable Throwable failed, SocketChannel connection) {
    if (failed == null) {
      return;
    }
    LOG.log(System.Logger.Level.ERROR, "what a cluster starts with could not be made", failed);
    try {
      connection.shutdownInput();
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "a kube-apiserver is gone", gone);
    }
  }

  /// Nothing more comes from a process until it ends.
  private static void awaitEnd(DataInputStream in) {
    try {
      var _ = in.read();
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "a kube-apiserver is gone", gone);
    }
  }

  private static void refuse(DataOutputStream out, StartException refused) throws IOException {
    out.writeByte(REFUSED);
    out.writeInt(refused.code().number());
    AttachMessages.writeText(out, String.valueOf(refused.getMessage()));
    out.flush();
  }

  /// Ends what is served, tells the processes, and takes no more.
  @Override
  public void close() {
    closing = true;
    try {
      channel.close();
      for (SocketChannel connection : connections) {
        connection.shutdownInput();
      }
      for (Thread thread : serving) {
        thread.join();
      }
      socket.remove();
    } catch (IOException failed) {
      LOG.log(System.Logger.Level.WARNING, "{0}: {1}", socket.path(), failed);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
