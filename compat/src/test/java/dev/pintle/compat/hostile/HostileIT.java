package dev.pintle.compat.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.RunningPintle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each is answered clearly or ended, and the next honest request is served as ever.
class HostileIT {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int BODY_BYTES_MAX = 3 * 1024 * 1024;
  private static final int BOMB_BYTES = 200 * 1024 * 1024;
  private static final int DEPTH = 100_000;
  private static final int HALF_OPEN = 200;
  private static final int READ_MILLIS_MAX = 60_000;

  @TempDir private Path data;

  private RunningPintle pintle;
  private KubeClient client;

  @BeforeEach
  void start() {
    pintle = RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
    client = KubeClient.of(pintle);
  }

  @AfterEach
  void stop() {
    assertThat(client.get(MAPS).code()).isEqualTo(200);
    assertThat(pintle.child().log()).doesNotContain("ERROR", "Exception");
    client.close();
    pintle.close();
  }

  private KubeClient.Answer post(byte[] body, String... headers) {
    HttpRequest.Builder request = client.request(MAPS);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
  }

  private KubeClient.Answer json(String body) {
    return post(body.getBytes(StandardCharsets.UTF_8), "Content-Type", KubeClient.JSON);
  }

  private static void refused(KubeClient.Answer answer, int code, String... parts) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.json().path("kind").asString()).isEqualTo("Status");
    for (String part : parts) {
      assertThat(answer.message()).contains(part);
    }
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (String body : List.of("{", "{\"a\":}", "[1,2", "nonsense", "{\"a\":1}}", "\u0000")) {
      refused(json(body), 400, "the object provided is unrecognized");
    }
    refused(json("[]"), 400, "cannot unmarshal array");
    refused(json("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":7}"), 400, "number");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    String filling = "x".repeat(BODY_BYTES_MAX);
    refused(
        json("{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"%s\"}}".formatted(filling)),
        413,
        "limit is " + BODY_BYTES_MAX);
  }

  @Test
  void whatIsTooDeepIsRefused() {
    refused(json("{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH)), 400, "depth");
    refused(json("[".repeat(DEPTH) + "]".repeat(DEPTH)), 400);
    refused(
        post(
            "a: ".concat("[".repeat(DEPTH)).getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/yaml"),
        400);
  }

  @Test
  void aliasesThatGrowAreRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      yaml.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(",", Collections.nCopies(9, alias))));
    }
    refused(
        post(yaml.toString().getBytes(StandardCharsets.UTF_8), "Content-Type", "application/yaml"),
        400);
  }

  @Test
  void aNameThatComesTwiceIsRefusedWhereItIsAskedFor() {
    String twice =
        "{\"metadata\":{\"name\":\"twice\"},\"data\":{\"k\":\"1\"},\"data\":{\"k\":\"2\"}}";
    refused(client.post(MAPS + "?fieldValidation=Strict", twice), 400, "duplicate field \"data\"");
    KubeClient.Answer taken = json(twice);
    assertThat(taken.code()).isEqualTo(201);
    assertThat(taken.json().path("data").path("k").asString()).isEqualTo("2");
  }

  @Test
  void bytesThatAreNoTextDoNotReachTheStore() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        "{\"metadata\":{\"name\":\"bytes\"},\"data\":{\"k\":\"a".getBytes(StandardCharsets.UTF_8));
    body.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc3, (byte) 0x28});
    body.writeBytes("\"}}".getBytes(StandardCharsets.UTF_8));
    KubeClient.Answer answer = post(body.toByteArray(), "Content-Type", KubeClient.JSON);
    if (answer.code() == 201) {
      assertThat(client.get(MAPS + "/bytes").json().path("data").path("k").asString())
          .isEqualTo("a\ufffd\ufffd(");
    } else {
      refused(answer, 400, "the object provided is unrecognized");
    }
  }

  @Test
  void aBombIsRefusedBeforeItIsWhole() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] zeros = new byte[1024 * 1024];
      for (int i = 0; i < BOMB_BYTES / zeros.length; i++) {
        gzip.write(zeros);
      }
    }
    refused(
        post(packed.toByteArray(), "Content-Type", KubeClient.JSON, "Content-Encoding", "gzip"),
        413,
        "limit is");
    refused(
        post(new byte[] {1, 2, 3}, "Content-Type", KubeClient.JSON, "Content-Encoding", "gzip"),
        400,
        "gzip");
    refused(
        post(new byte[] {1, 2, 3}, "Content-Type", KubeClient.JSON, "Content-Encoding", "br"), 415);
  }

  @Test
  void whatIsNoProtobufIsRefused() {
    byte[] truncated = {'k', '8', 's', 0, 10, 127, 1, 2};
    for (byte[] body : List.of(truncated, new byte[] {1, 2, 3})) {
      refused(post(body, "Content-Type", "application/vnd.kubernetes.protobuf"), 400);
    }
  }

  @Test
  void connectionsThatAreLeftHalfWayHurtNobody() throws IOException {
    Kubeconfig config = Kubeconfig.read(pintle.kubeconfig());
    URI server = URI.create(config.server());
    SSLContext tls = config.tls(false);
    String head =
        "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n"
            .formatted(MAPS, config.token());
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < HALF_OPEN; i++) {
      Socket plain = new Socket();
      plain.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      open.add(plain);
      if (i % 4 == 1) {
        plain.getOutputStream().write(new byte[] {22, 3, 1});
      } else if (i % 4 > 1) {
        Socket encrypted =
            tls.getSocketFactory().createSocket(plain, server.getHost(), server.getPort(), true);
        open.add(encrypted);
        String sent = i % 4 == 2 ? head : head + "\r\n{\"metadata\":";
        encrypted.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(i % 50 != 0 || client.get(MAPS).code() == 200).isTrue();
    }
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Test
  void whatIsNoHttpIsAnsweredOrEnded() throws IOException {
    Kubeconfig config = Kubeconfig.read(pintle.kubeconfig());
    URI server = URI.create(config.server());
    for (String sent :
        List.of(
            "nonsense\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(1 << 20) + "\r\n\r\n")) {
      try (Socket socket =
          config.tls(false).getSocketFactory().createSocket(server.getHost(), server.getPort())) {
        socket.setSoTimeout(READ_MILLIS_MAX);
        String answer = exchange(socket, sent);
        assertThat(answer).matches("(?s)|HTTP/1\\.1 (4\\d\\d|505) .*");
      }
    }
  }

  private static String exchange(Socket socket, String sent) throws IOException {
    try {
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      byte[] start = socket.getInputStream().readNBytes(64);
      return new String(start, StandardCharsets.US_ASCII);
    } catch (SocketTimeoutException silent) {
      throw silent;
    } catch (IOException ended) {
      return "";
    }
  }
}
