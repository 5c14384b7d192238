package dev.pintle.server.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.server.Program;
import dev.pintle.server.cli.UpCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  private static final String DRILLS = "/registry/training.pintle.dev/drills/";
  private static final String DRILLS_END = "/registry/training.pintle.dev/drills0";

  @TempDir private Path data;

  @Test
  void playsOnBothSurfacesAndItsWritesAreThere() throws Exception {
    List<String> flags =
        List.of(
            "--data",
            data.toString(),
            "--memory",
            "--etcd",
            "127.0.0.1:0",
            "--kube",
            "127.0.0.1:0",
            "--etcd-insecure");
    try (Program program = Program.start(UpCommand.parse(flags));
        HttpClient client = HttpClient.newHttpClient()) {
      TrainingRun.play(program.endpoints());
      URI etcd = URI.create(program.endpoints().etcd().orElseThrow().url() + "/v3/kv/range");
      assertThat(range(client, etcd, "training/watched", "")).contains("\"version\":\"60\"");
      assertThat(range(client, etcd, DRILLS, DRILLS_END)).contains("\"count\":\"320\"");
    }
  }

  private static String range(HttpClient client, URI etcd, String key, String end)
      throws Exception {
    String body = "{\"key\":\"%s\",\"range_end\":\"%s\"}".formatted(inBase64(key), inBase64(end));
    HttpRequest range = HttpRequest.newBuilder(etcd).POST(BodyPublishers.ofString(body)).build();
    return client.send(range, BodyHandlers.ofString()).body();
  }

  private static String inBase64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
