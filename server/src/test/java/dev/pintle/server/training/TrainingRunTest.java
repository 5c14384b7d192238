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
      String key = Base64.getEncoder().encodeToString("training/watched".getBytes(UTF_8));
      HttpRequest range =
          HttpRequest.newBuilder(
                  URI.create(program.endpoints().etcd().orElseThrow().url() + "/v3/kv/range"))
              .POST(BodyPublishers.ofString("{\"key\":\"%s\"}".formatted(key)))
              .build();
      String answer = client.send(range, BodyHandlers.ofString()).body();
      assertThat(answer).contains("\"version\":\"60\"");
    }
  }
}
