package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the real etcd and Pintle say of their health over HTTP while alarms are raised.
class AlarmHealthTwinIT {
  private static final List<String> PATHS =
      List.of(
          "/health",
          "/health?exclude=NOSPACE",
          "/health?exclude=CORRUPT",
          "/health?exclude=NOSPACE&exclude=CORRUPT",
          "/readyz",
          "/readyz?verbose",
          "/readyz?exclude=data_corruption",
          "/readyz/data_corruption",
          "/readyz/data_corruption?exclude=data_corruption",
          "/readyz/non_learner",
          "/livez",
          "/livez?verbose");

  private static final List<String> FIGURES =
      List.of("etcd_debugging_server_alarms", "etcd_server_healthcheck", "etcd_server_health_");

  @TempDir private Path data;

  @Test
  void alarmsAreToldAlike() throws Exception {
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"));
        HttpClient http = HttpClient.newHttpClient()) {
      for (String alarm : List.of("", "NOSPACE", "CORRUPT")) {
        for (String action : List.of("ACTIVATE", "DEACTIVATE")) {
          if (!alarm.isEmpty()) {
            raise(http, real.url(), action, alarm);
            raise(http, pintle.etcd(), action, alarm);
          }
          for (String path : PATHS) {
            assertThat(answer(http, pintle.etcd(), path))
                .as("%s %s %s", action, alarm, path)
                .isEqualTo(answer(http, real.url(), path));
          }
        }
      }
      raise(http, real.url(), "ACTIVATE", "CORRUPT");
      raise(http, pintle.etcd(), "ACTIVATE", "CORRUPT");
      assertThat(figures(http, pintle.etcd())).isEqualTo(figures(http, real.url()));
    }
  }

  private static void raise(HttpClient http, String server, String action, String alarm)
      throws IOException, InterruptedException {
    String body =
        "{\"action\":\"%s\",\"memberID\":\"77\",\"alarm\":\"%s\"}".formatted(action, alarm);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/v3/maintenance/alarm"))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  /// The checks come in any order from etcd.
  private static String answer(HttpClient http, String server, String path)
      throws IOException, InterruptedException {
    var response = http.send(get(server, path), BodyHandlers.ofString());
    return response.statusCode()
        + "\n"
        + response.body().length()
        + "\n"
        + response.body().lines().sorted().collect(Collectors.joining("\n"));
  }

  private static String figures(HttpClient http, String server)
      throws IOException, InterruptedException {
    return http.send(get(server, "/metrics"), BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> FIGURES.stream().anyMatch(line::contains))
        // etcd goes on telling of an alarm that is over, until it starts anew.
        .filter(line -> !line.startsWith("etcd_debugging_server_alarms{") || line.endsWith(" 1"))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static HttpRequest get(String server, String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }
}
