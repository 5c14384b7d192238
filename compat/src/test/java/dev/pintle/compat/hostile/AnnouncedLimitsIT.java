package dev.pintle.compat.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningEtcd;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The limits that each port tells its clients in the SETTINGS of HTTP/2.
class AnnouncedLimitsIT {
  private static final int SETTINGS = 4;
  private static final int STREAMS_MAX = 3;
  private static final int STREAM_WINDOW_BYTES = 4;
  private static final int DESCRIPTORS = 4096;
  private static final byte[] HELLO =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir private Path data;

  private static Map<Integer, Integer> announced(Socket socket) throws IOException {
    socket.getOutputStream().write(HELLO);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      byte[] head = in.readNBytes(9);
      int length = ByteBuffer.allocate(4).put((byte) 0).put(head, 0, 3).flip().getInt();
      ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(length));
      if (head[3] == SETTINGS && head[4] == 0) {
        Map<Integer, Integer> settings = new TreeMap<>();
        while (payload.hasRemaining()) {
          settings.put((int) payload.getShort(), payload.getInt());
        }
        return settings;
      }
    }
  }

  private static Map<Integer, Integer> inClear(String url) throws IOException {
    URI at = URI.create(url);
    try (Socket socket = new Socket(at.getHost(), at.getPort())) {
      return announced(socket);
    }
  }

  private static Map<Integer, Integer> overTls(String url, SSLContext tls) throws IOException {
    URI at = URI.create(url);
    try (SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(at.getHost(), at.getPort())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      return announced(socket);
    }
  }

  private LimitedPintle etcd(String... flags) {
    String[] all = new String[flags.length + 4];
    all[0] = "etcd";
    all[1] = "--data-dir";
    all[2] = data.toString();
    all[3] = "--listen-client-urls=http://127.0.0.1:0";
    System.arraycopy(flags, 0, all, 4, flags.length);
    return LimitedPintle.start(data, DESCRIPTORS, all);
  }

  /// The numbers of kube-apiserver.
  @Test
  void theKubernetesPortAnnouncesAHundredStreams() throws IOException {
    try (LimitedPintle pintle =
        LimitedPintle.start(
            data,
            DESCRIPTORS,
            "up",
            "--data",
            data.toString(),
            "--etcd",
            "off",
            "--kube",
            "127.0.0.1:0")) {
      assertThat(overTls(pintle.url("kube"), pintle.kubeconfig().tls(false)))
          .containsEntry(STREAMS_MAX, 100)
          .containsEntry(STREAM_WINDOW_BYTES, 256 * 1024);
    }
  }

  @Test
  void theEtcdPortAnnouncesNoLimitOfStreamsAsEtcd() throws IOException {
    try (LimitedPintle pintle = etcd()) {
      assertThat(inClear(pintle.url("etcd"))).doesNotContainKey(STREAMS_MAX);
    }
    Peers.require("etcd");
    Path folder = Files.createDirectories(data.resolve("real"));
    try (RunningEtcd real = RunningEtcd.start(folder)) {
      assertThat(inClear(real.url())).doesNotContainKey(STREAMS_MAX);
    }
  }

  @Test
  void theFlagOfEtcdLimitsTheStreams() throws IOException {
    try (LimitedPintle pintle = etcd("--max-concurrent-streams=7")) {
      assertThat(inClear(pintle.url("etcd"))).containsEntry(STREAMS_MAX, 7);
    }
  }
}
