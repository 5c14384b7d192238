package dev.pintle.server.attach;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The side of a process that has no store: what it asks for is served while this is open.
public final class AttachedProcess implements AutoCloseable {
  /// How long a store that is being started has, as kube-apiserver waits for etcd.
  private static final Duration STORE_MAX = Duration.ofSeconds(10);

  private static final Duration AGAIN = Duration.ofMillis(20);

  /// What ending may take: clients have three seconds, and what follows is quick.
  private static final Duration END_MAX = Duration.ofSeconds(10);

  private final SocketChannel channel;
  private final DataInputStream in;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean closing;
  private String url = "";

  private AttachedProcess(SocketChannel channel) {
    this.channel = channel;
    this.in = new DataInputStream(Channels.newInputStream(channel));
  }

  /// Has the store of an etcd serve.
  ///
  /// @param port of the etcd
  /// @param flags of this process, with files named from the root on
  /// @throws StartException when there is no such etcd, or it refuses
  public static AttachedProcess start(int port, List<String> flags) throws StartException {
    return start(AttachSocket.of(port), port, flags, STORE_MAX);
  }

  static AttachedProcess start(AttachSocket socket, int port, List<String> flags, Duration storeMax)
      throws StartException {
    AttachedProcess process = new AttachedProcess(connect(socket, port, storeMax));
    try {
      process.ask(flags);
      Thread.ofVirtual().name("attach-end").start(process::readToTheEnd);
      return process;
    } catch (IOException gone) {
      throw storeEnded(gone);
    }
  }

  private static SocketChannel connect(AttachSocket socket, int port, Duration storeMax)
      throws StartException {
    long begun = System.nanoTime();
    while (true) {
      try {
        if (Files.exists(socket.path())) {
          socket.requireOurs();
          return SocketChannel.open(UnixDomainSocketAddress.of(socket.path()));
        }
      } catch (IOException notYet) {
        // Of a process that is gone, or not there yet.
      }
      if (System.nanoTime() - begun > storeMax.toNanos() || !pause()) {
        throw new StartException(
            ExitCode.USAGE,
            "--etcd-servers: no etcd of Pintle that serves a kube-apiserver listens at port %d (expected: the etcd of the same folder of \"./pintle assets\", or ./pintle etcd --kube-apiserver on, of the same user)"
                .formatted(port));
      }
    }
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(AGAIN.toMillis());
      return true;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void ask(List<String> flags) throws IOException, StartException {
    AttachMessages.writeFlags(new DataOutputStream(Channels.newOutputStream(channel)), flags);
    byte answer = in.readByte();
    if (answer == AttachPoint.REFUSED) {
      int code = in.readInt();
      throw new StartException(code(code), AttachMessages.readText(in));
    }
    if (answer != AttachPoint.SERVING) {
      throw new EOFException("it ended");
    }
    url = AttachMessages.readText(in);
  }

  private static ExitCode code(int number) {
    return Arrays.stream(ExitCode.values())
        .filter(code -> code.number() == number)
        .findFirst()
        .orElse(ExitCode.BUG);
  }

  /// Where clients find what is served.
  public String url() {
    return url;
  }

  /// Waits until it is served no more.
  ///
  /// @throws StartException when nobody here asked for that
  public void await() throws StartException {
    try {
      ended.await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    if (!closing) {
      throw storeEnded(null);
    }
  }

  private void readToTheEnd() {
    try {
      var _ = in.read();
    } catch (IOException gone) {
      // It is the end as well.
    } finally {
      ended.countDown();
    }
  }

  private static StartException storeEnded(@Nullable Throwable cause) {
    String message = "the etcd has ended, or serves no more (its log says why)";
    return cause == null
        ? new StartException(ExitCode.DATA, message)
        : new StartException(ExitCode.DATA, message, cause);
  }

  /// Ends what is served: its clients have three seconds.
  @Override
  public void close() {
    closing = true;
    try {
      channel.shutdownOutput();
      var _ = ended.await(END_MAX.toMillis(), TimeUnit.MILLISECONDS);
      channel.close();
    } catch (IOException gone) {
      // It is the end as well.
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
