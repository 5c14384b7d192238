package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The figures of the real etcd and of Pintle after the same requests: the same names but for those that are listed, each with its type,
/// its words and its labels.
class MetricsTwinIT {
  private static final Path ABSENT = Path.of("src/test/gateway/metrics-absent.txt");

  /// Those that the rules and dashboards of etcd-mixin read and the real one has on a member alone and by default: figures of peers and,
  /// without `--metrics=extensive`, the times of calls are not there.
  private static final List<String> OF_MIXIN =
      List.of(
          "etcd_disk_backend_commit_duration_seconds",
          "etcd_disk_wal_fsync_duration_seconds",
          "etcd_mvcc_db_total_size_in_bytes",
          "etcd_mvcc_db_total_size_in_use_in_bytes",
          "etcd_network_client_grpc_received_bytes_total",
          "etcd_network_client_grpc_sent_bytes_total",
          "etcd_server_has_leader",
          "etcd_server_leader_changes_seen_total",
          "etcd_server_proposals_applied_total",
          "etcd_server_proposals_committed_total",
          "etcd_server_proposals_failed_total",
          "etcd_server_proposals_pending",
          "grpc_server_handled_total",
          "grpc_server_started_total",
          "process_resident_memory_bytes");

  @TempDir private Path data;

  /// The families of one server: of each name what the line of its type says, its words, and the names of labels.
  private record Families(
      Map<String, String> types, Map<String, String> help, Map<String, Set<String>> labels) {
    static Families of(String text) {
      Families families = new Families(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
      text.lines().forEach(families::add);
      return families;
    }

    private void add(String line) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# TYPE ")) {
        types.put(words[2], words[3]);
      } else if (line.startsWith("# HELP ")) {
        help.put(words[2], words[3]);
      } else if (line.indexOf('{') > 0) {
        int brace = line.indexOf('{');
        Set<String> names = labels.computeIfAbsent(line.substring(0, brace), _ -> new TreeSet<>());
        for (String label : line.substring(brace + 1, line.indexOf('}')).split(",", -1)) {
          names.add(label.substring(0, label.indexOf('=')));
        }
      }
    }
  }

  @Test
  void theNamesTypesAndLabelsOfFiguresAreTheSame() throws Exception {
    Set<String> absent =
        Files.readAllLines(ABSENT).stream()
            .filter(line -> !line.startsWith("#") && !line.startsWith("why: "))
            .collect(Collectors.toCollection(TreeSet::new));
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"));
        HttpClient http = HttpClient.newHttpClient()) {
      Families expected = after(http, real.url());
      Families actual = after(http, pintle.etcd());
      SoftAssertions differences = new SoftAssertions();
      expected.types.forEach((name, type) -> {
        if (!absent.contains(name)) {
          differences.assertThat(actual.types.get(name)).as("type of " + name).isEqualTo(type);
          differences
              .assertThat(actual.help.get(name))
              .as("words of " + name)
              .isEqualTo(expected.help.get(name));
          differences
              .assertThat(actual.labels.get(name))
              .as("labels of " + name)
              .isEqualTo(expected.labels.get(name));
        }
      });
      differences
          .assertThat(absent)
          .as("listed as absent, and there")
          .doesNotContainAnyElementsOf(actual.types.keySet());
      differences.assertThat(expected.types.keySet()).as("listed").containsAll(absent);
      differences.assertThat(actual.types.keySet()).as("of etcd-mixin").containsAll(OF_MIXIN);
      differences.assertAll();
      countsWhatWasDone(http, pintle.etcd());
    }
  }

  private static void countsWhatWasDone(HttpClient http, String server) throws Exception {
    String text = get(http, server + "/metrics");
    assertThat(text)
        .contains("\netcd_mvcc_put_total 3\n")
        .contains("\netcd_mvcc_delete_total 1\n")
        .contains("\netcd_debugging_mvcc_total_put_size_in_bytes 18\n")
        .contains("\netcd_debugging_lease_granted_total 1\n")
        .contains("\netcd_debugging_lease_revoked_total 1\n")
        .contains("\netcd_debugging_mvcc_keys_total 0\n")
        .contains(
            "grpc_server_handled_total{grpc_code=\"OK\",grpc_method=\"Put\","
                + "grpc_service=\"etcdserverpb.KV\",grpc_type=\"unary\"} 2\n");
  }

  private static Families after(HttpClient http, String server) throws Exception {
    String put = "{\"key\":\"Zm9v\",\"value\":\"YmFy\"}";
    post(http, server + "/v3/kv/put", put);
    post(http, server + "/v3/kv/put", put);
    post(http, server + "/v3/kv/range", "{\"key\":\"Zm9v\"}");
    post(
        http,
        server + "/v3/kv/txn",
        "{\"success\":[{\"request_put\":%s},{\"request_range\":{\"key\":\"Zm9v\"}}]}"
            .formatted(put));
    post(http, server + "/v3/kv/deleterange", "{\"key\":\"Zm9v\"}");
    post(http, server + "/v3/lease/grant", "{\"TTL\":100,\"ID\":4242}");
    post(http, server + "/v3/lease/revoke", "{\"ID\":4242}");
    get(http, server + "/livez");
    get(http, server + "/readyz");
    get(http, server + "/metrics");
    return Families.of(get(http, server + "/metrics"));
  }

  private static void post(HttpClient http, String url, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static String get(HttpClient http, String url) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }
}
