package dev.pintle.compat.etcd;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same HTTP requests to the real etcd and to Pintle: same status, same headers that matter, same JSON.
class GatewayTwinIT {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  private static final String RANGE =
      "{\"request_range\":{\"key\":\"AA==\",\"range_end\":\"AA==\"}}";
  private static final String PUT = "{\"request_put\":{\"key\":\"cQ==\",\"value\":\"dg==\"}}";

  /// Method, path, body.
  private static final List<List<String>> REQUESTS =
      List.of(
          post("/v3/kv/put", "{\"key\":\"Zm9v\",\"value\":\"YmFy\"}"),
          post("/v3/kv/put", "{\"key\":\"Zm9v\",\"value\":\"YmFy\",\"prev_kv\":true}"),
          post("/v3/kv/put", "{\"key\":\"Zm9v\",\"value\":\"YmFy\",\"prevKv\":true}"),
          post("/v3/kv/put", "{\"key\":\"\"}"),
          post("/v3/kv/put", "{\"key\":\"not base64!\"}"),
          post("/v3/kv/put", "{\"key\":\"Zm9v\",\"nope\":1}"),
          post("/v3/kv/put", ""),
          post("/v3/kv/put", "{\"key\":\"Zm9v\",\"lease\":\"77\"}"),
          post("/v3/kv/put", "{\"key\":\"Zm9v\",\"lease\":77}"),
          post("/v3/kv/range", "{\"key\":\"Zm9v\"}"),
          post("/v3/kv/range", "{\"key\":\"Zm9v\",\"revision\":\"99999\"}"),
          post("/v3/kv/range", "{\"key\":\"AA==\",\"range_end\":\"AA==\",\"limit\":\"2\"}"),
          post("/v3/kv/range", "{\"key\":\"AA==\",\"range_end\":\"AA==\",\"count_only\":true}"),
          post(
              "/v3/kv/range",
              "{\"key\":\"AA==\",\"range_end\":\"AA==\",\"sort_order\":\"DESCEND\",\"sort_target\":\"MOD\"}"),
          post(
              "/v3/kv/range",
              "{\"key\":\"AA==\",\"range_end\":\"AA==\",\"sort_order\":\"SIDEWAYS\"}"),
          post("/v3/kv/range", "{\"key\":\"bm9uZQ==\"}"),
          post(
              "/v3/kv/txn",
              "{\"compare\":[{\"target\":\"VALUE\",\"key\":\"Zm9v\",\"value\":\"YmFy\"}],"
                  + "\"success\":[{\"requestPut\":{\"key\":\"Zm9v\",\"value\":\"YmFy\"}}],"
                  + "\"failure\":[{\"request_range\":{\"key\":\"YQ==\"}}]}"),
          post("/v3/kv/txn", "{}"),
          txn("{\"target\":\"LEASE\",\"key\":\"Zm9v\",\"lease\":\"0\"}", RANGE),
          txn(
              "{\"target\":\"LEASE\",\"result\":\"GREATER\",\"key\":\"Zm9v\",\"lease\":\"-1\"}",
              RANGE),
          txn(
              "{\"target\":\"MOD\",\"result\":\"NOT_EQUAL\",\"key\":\"Zm9v\",\"mod_revision\":\"1\"}",
              RANGE),
          txn(
              "{\"target\":\"VERSION\",\"key\":\"AA==\",\"range_end\":\"AA==\",\"version\":\"0\"}",
              RANGE),
          txn(
              "{\"target\":\"VERSION\",\"result\":\"LESS\",\"key\":\"YQ==\",\"range_end\":\"eg==\",\"version\":\"99\"}",
              RANGE),
          txn("{\"target\":\"CREATE\",\"key\":\"Zm9v\",\"value\":\"AA==\"}", RANGE),
          txn("{\"target\":\"MOD\",\"key\":\"\"}", RANGE),
          txn("", ""),
          txn("", "{}"),
          txn("", "{\"requestTxn\":{\"success\":[%s]}}".formatted(RANGE)),
          txn(
              "",
              "{\"requestTxn\":{\"compare\":[{\"key\":\"Zm9v\"}],\"failure\":[%s]}}"
                  .formatted(PUT)),
          txn("", "{\"requestTxn\":{\"success\":[%s]}},%s".formatted(PUT, PUT)),
          txn("", "{\"requestTxn\":{\"success\":[%s],\"failure\":[%s]}}".formatted(PUT, PUT)),
          txn(
              "",
              "{\"requestTxn\":{\"success\":[{\"requestTxn\":{\"success\":[%s,%s]}}]}}"
                  .formatted(PUT, RANGE)),
          txn("", "{\"request_range\":{\"key\":\"Zm9v\",\"revision\":\"99999\"}}"),
          txn(
              "",
              "{\"request_range\":{\"key\":\"Zm9v\",\"sort_target\":\"MOD\",\"sort_order\":\"DESCEND\"}}"),
          txn("", "{\"request_range\":{\"key\":\"\"}}"),
          txn("", "{\"requestDeleteRange\":{\"key\":\"cQ==\"}},%s".formatted(PUT)),
          post("/v3/kv/deleterange", "{\"key\":\"Zm9v\",\"prev_kv\":true}"),
          post("/v3/kv/deleterange", "{\"key\":\"Zm9v\"}"),
          post("/v3/kv/compaction", "{\"revision\":\"3\"}"),
          post("/v3/kv/compaction", "{\"revision\":\"3\"}"),
          post("/v3/kv/range", "{\"key\":\"Zm9v\",\"revision\":2}"),
          post("/v3/lease/grant", "{\"TTL\":100,\"ID\":4242}"),
          post("/v3/lease/grant", "{\"TTL\":100,\"ID\":4242}"),
          post("/v3/lease/keepalive", "{\"ID\":4242}"),
          post("/v3/lease/timetolive", "{\"ID\":4243}"),
          post("/v3/lease/leases", "{}"),
          post("/v3/kv/lease/revoke", "{\"ID\":\"4242\"}"),
          post("/v3/lease/revoke", "{\"ID\":\"4242\"}"),
          post("/v3/auth/status", "{}"),
          post("/v3/maintenance/alarm", "{}"),
          post("/v3/nope", "{}"),
          get("/v3/kv/put"),
          get("/v3/kv"),
          get("/health"),
          get("/health?serializable=true"),
          get("/version"),
          get("/livez"),
          get("/livez?verbose"),
          get("/readyz?verbose"),
          get("/readyz/data_corruption"),
          get("/readyz/unknown"),
          get("/readyz?verbose&exclude=non_learner&exclude=data_corruption"),
          get("/readyz?verbose=&exclude=no%5Fsuch"),
          get("/readyz?exclude=serializable_read"),
          get("/livez?exclude=serializable_read&verbose=0"),
          get("/livez/serializable_read"),
          get("/livez/linearizable_read"),
          get("/readyz/"),
          get("/health?exclude=NOSPACE&exclude=CORRUPT"),
          List.of("POST", "/readyz", ""),
          List.of("PUT", "/livez/serializable_read", ""),
          List.of("POST", "/version", ""),
          List.of("PUT", "/v3/kv/put", "{}"),
          post("/v3beta/kv/range", "{\"key\":\"Zm9v\"}"),
          post("/v3/maintenance/hashkv", "{}"),
          post("/v3/maintenance/hashkv", "{\"revision\":\"99999\"}"),
          post("/v3/maintenance/hashkv", "{\"revision\":\"2\"}"),
          post("/v3/maintenance/alarm", "{\"action\":\"GET\",\"alarm\":\"NOSPACE\"}"),
          post("/v3/maintenance/transfer-leadership", "{\"targetID\":\"1\"}"),
          post("/v3/maintenance/downgrade", "{\"action\":\"VALIDATE\",\"version\":\"3.6\"}"),
          post("/v3/maintenance/downgrade", "{\"action\":\"VALIDATE\",\"version\":\"\"}"),
          post("/v3/maintenance/defragment", "{}"),
          post("/v3/auth/authenticate", "{\"name\":\"a\",\"password\":\"b\"}"),
          post("/v3/lease/grant", "{\"TTL\":\"99999999999\"}"),
          post("/v3/kv/lease/timetolive", "{\"ID\":\"5\",\"keys\":true}"),
          get("/"),
          get("/unknown"),
          List.of("POST", "/health", ""),
          List.of("HEAD", "/version", ""));

  private static final List<String> HEADERS =
      List.of(
          "content-type",
          "allow",
          "access-control-allow-origin",
          "grpc-metadata-content-type",
          "x-content-type-options");

  @TempDir private Path data;

  private static List<String> post(String path, String body) {
    return List.of("POST", path, body);
  }

  private static List<String> txn(String compare, String success) {
    return post("/v3/kv/txn", "{\"compare\":[%s],\"success\":[%s]}".formatted(compare, success));
  }

  private static List<String> get(String path) {
    return List.of("GET", path, "");
  }

  @Test
  void everyRequestIsAnsweredAlike() throws Exception {
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"));
        HttpClient http = HttpClient.newHttpClient()) {
      SoftAssertions differences = new SoftAssertions();
      for (List<String> request : REQUESTS) {
        String expected = answer(http, real.url(), request);
        String actual = answer(http, pintle.etcd(), request);
        differences.assertThat(actual).as(String.join(" ", request)).isEqualTo(expected);
      }
      System.err.printf("twin: %d HTTP requests compared%n", REQUESTS.size());
      differences.assertAll();
    }
  }

  private static String answer(HttpClient http, String server, List<String> request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(server + request.get(1)))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(ANSWER_MAX)
                .method(request.get(0), BodyPublishers.ofString(request.get(2)))
                .build(),
            BodyHandlers.ofString());
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
