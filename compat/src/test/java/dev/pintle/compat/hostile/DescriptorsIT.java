package dev.pintle.compat.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More connections than the process has descriptors. The log goes on to its next segments, the store to its next tables, and
/// a client that behaves is served.
class DescriptorsIT {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int DESCRIPTORS = 260;
  private static final int CONNECTIONS = 400;

  /// Together more than three segments of the log.
  private static final int OBJECTS = 60;

  private static final int OBJECT_BYTES = 900_000;

  @TempDir private Path data;

  private final List<Socket> open = new ArrayList<>();
  private int created;

  private LimitedPintle start() {
    return LimitedPintle.start(
        data,
        DESCRIPTORS,
        "up",
        "--data",
        data.toString(),
        "--etcd",
        "127.0.0.1:0",
        "--kube",
        "127.0.0.1:0");
  }

  private void create(KubeClient client, int number) {
    String filling = "x".repeat(OBJECT_BYTES);
    for (int i = 0; i < number; i++) {
      String body =
          "{\"metadata\":{\"name\":\"map-%d\"},\"data\":{\"k\":\"%s\"}}"
              .formatted(created++, filling);
      KubeClient.Answer answer = client.post(MAPS, body);
      assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    }
  }

  @Test
  void connectionsThatSayNothingTakeNoDescriptorOfTheLog() throws IOException {
    try (LimitedPintle pintle = start();
        KubeClient client = pintle.admin()) {
      create(client, 1);
      connect(URI.create(pintle.url("kube")));
      requireWork(pintle, client);
    }
  }

  @Test
  void connectionsThatHaveAskedOnceAndWaitTakeNoDescriptorOfTheLog() throws IOException {
    try (LimitedPintle pintle = start();
        KubeClient client = pintle.admin()) {
      create(client, 1);
      ask(URI.create(pintle.url("kube")), pintle.kubeconfig().tls(false));
      requireWork(pintle, client);
    }
  }

  private void connect(URI server) throws IOException {
    for (int i = 0; i < CONNECTIONS; i++) {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      open.add(socket);
    }
  }

  private void ask(URI server, SSLContext tls) throws IOException {
    byte[] request = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < CONNECTIONS; i++) {
      Socket socket = tls.getSocketFactory().createSocket(server.getHost(), server.getPort());
      open.add(socket);
      try {
        socket.getOutputStream().write(request);
        var _ = socket.getInputStream().read();
      } catch (IOException closedToMakeRoom) {
        // as it may be
      }
    }
  }

  /// With the connections still open on their side, and once they are closed; then after a start of its own.
  private void requireWork(LimitedPintle pintle, KubeClient client) throws IOException {
    create(client, OBJECTS);
    for (Socket socket : open) {
      socket.close();
    }
    create(client, 1);
    assertThat(client.get(MAPS + "?limit=1").code()).isEqualTo(200);
    assertThat(pintle.child().log()).doesNotContain("oo many open files", "ERROR", "Exception");
    assertThat(pintle.child().terminate()).isEqualTo(143);
    try (LimitedPintle again = start();
        KubeClient reader = again.admin()) {
      KubeClient.Answer last = reader.get(MAPS + "/map-" + (created - 1));
      assertThat(last.code()).isEqualTo(200);
    }
  }
}
