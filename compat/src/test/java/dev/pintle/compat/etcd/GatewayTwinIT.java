package dev.pintle.compat.etcd;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same HTTP requests to the real etcd and to Pintle: same status, same headers that matter, same JSON.
class GatewayTwinIT {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  private static final Path REQUESTS = Path.of("src/test/gateway/requests.txt");

  private static final List<String> HEADERS =
      List.of(
          "content-type",
          "allow",
          "access-control-allow-origin",
          "access-control-allow-methods",
          "access-control-allow-headers",
          "grpc-metadata-content-type",
          "location",
          "www-authenticate",
          "x-content-type-options");

  @TempDir private Path data;

  /// One request; the characters of its body are bytes.
  private record Request(String method, String path, List<String> headers, String body) {
    HttpRequest to(String server) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server + path))
              .version(HttpClient.Version.HTTP_1_1)
              .timeout(ANSWER_MAX)
              .method(method, BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1));
      headers.forEach(header -> {
        int colon = header.indexOf(": ");
        request.header(header.substring(0, colon), header.substring(colon + 2));
      });
      return request.build();
    }

    @Override
    public String toString() {
      return "%s %s %s %s"
          .formatted(method, path, headers, body.substring(0, Math.min(body.length(), 200)));
    }
  }

  private static List<Request> requests() throws IOException {
    List<Request> requests = new ArrayList<>();
    List<String> headers = new ArrayList<>();
    for (String line : Files.readAllLines(REQUESTS)) {
      if (line.startsWith("+ ")) {
        headers.add(line.substring(2));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        String[] parts = line.split(" ", 3);
        String body = parts.length < 3 ? "" : parts[2];
        requests.add(new Request(parts[0], parts[1], List.copyOf(headers), bytes(body)));
        headers.clear();
      }
    }
    return requests;
  }

  /// What the marks of the file stand for.
  private static String bytes(String body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length()) {
      int mark = body.indexOf('\u27e8', at);
      int to = mark < 0 ? body.length() : mark;
      bytes.writeBytes(
          body.substring(at, to).replace('\u23ce', '\n').getBytes(StandardCharsets.UTF_8));
      if (mark < 0) {
        break;
      }
      int end = body.indexOf('\u27e9', mark);
      String meant = body.substring(mark + 1, end);
      int times = meant.indexOf('*');
      if (times < 0) {
        bytes.write(Integer.parseInt(meant, 16));
      } else {
        String repeated =
            meant.substring(times + 1).repeat(Integer.parseInt(meant.substring(0, times)));
        bytes.writeBytes(repeated.getBytes(StandardCharsets.UTF_8));
      }
      at = end + 1;
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void everyRequestIsAnsweredAlike() throws Exception {
    List<Request> requests = requests();
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"));
        HttpClient http = HttpClient.newHttpClient()) {
      SoftAssertions differences = new SoftAssertions();
      for (Request request : requests) {
        String expected = answer(http, request.to(real.url()));
        String actual = answer(http, request.to(pintle.etcd()));
        differences.assertThat(actual).as(request.toString()).isEqualTo(expected);
      }
      System.err.printf("twin: %d HTTP requests compared%n", requests.size());
      differences.assertAll();
    }
  }

  private static String answer(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    StringBuilder answer = new StringBuilder().append(response.statusCode()).append('\n');
    for (String header : HEADERS) {
      answer.append(header).append(": ").append(response.headers().allValues(header)).append('\n');
    }
    return answer.append(Normal.of(body(response.body()))).toString();
  }

  /// The real one's blanks differ from build to build, and the order of its checks from call to call.
  private static String body(String text) {
    String plain = text.replace(", ", ",").replace('\u00a0', ' ');
    if (!plain.startsWith("[+]")) {
      return plain;
    }
    return plain.lines().sorted().collect(Collectors.joining("\n"));
  }
}
