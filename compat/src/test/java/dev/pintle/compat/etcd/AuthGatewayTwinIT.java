package dev.pintle.compat.etcd;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens, and what is asked with them and without: the same HTTP requests to the real etcd and to Pintle.
class AuthGatewayTwinIT {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

  @TempDir private Path data;

  private final List<Step> steps = new ArrayList<>();

  /// A request.
  ///
  /// @param keep the name under which the token of the answer is kept; empty for none
  /// @param token the name of the token to show, or itself; empty for none
  private record Step(String keep, String header, String token, String path, String body) {}

  private void ask(String token, String path, String body) {
    steps.add(new Step("", "Authorization", token, path, body));
  }

  private void login(String keep, String user, String password) {
    String body = "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
    steps.add(new Step(keep, "Authorization", "", "/v3/auth/authenticate", body));
  }

  @Test
  void tokensAreGivenAndBelievedAlike() throws Exception {
    users();
    believed();
    changedMeanwhile();
    switchedOff();
    try (RunningEtcd real = RunningEtcd.start(data, "--bcrypt-cost=4");
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"), "--bcrypt-cost=4");
        HttpClient http = HttpClient.newHttpClient()) {
      Map<String, String> realTokens = new HashMap<>();
      Map<String, String> ourTokens = new HashMap<>();
      SoftAssertions differences = new SoftAssertions();
      for (Step step : steps) {
        String expected = answer(http, real.url(), step, realTokens);
        String actual = answer(http, pintle.etcd(), step, ourTokens);
        differences.assertThat(actual).as(step.toString()).isEqualTo(expected);
      }
      System.err.printf("twin: %d HTTP requests with tokens compared%n", steps.size());
      differences.assertAll();
    }
  }

  private void users() {
    ask("", "/v3/auth/status", "{}");
    login("", "root", "rpw");
    ask("", "/v3/auth/enable", "{}");
    ask("", "/v3/auth/user/add", "{\"name\":\"root\",\"password\":\"rpw\"}");
    ask("", "/v3/auth/user/add", "{\"name\":\"root\",\"password\":\"rpw\"}");
    ask("", "/v3/auth/user/add", "{}");
    ask("", "/v3/auth/user/add", "{\"name\":\"n\",\"options\":{\"no_password\":true}}");
    ask("", "/v3/auth/user/add", "{\"name\":\"u\",\"password\":\"pw\"}");
    ask(
        "",
        "/v3/auth/user/add",
        "{\"name\":\"long\",\"password\":\"%s\"}".formatted("x".repeat(73)));
    ask("", "/v3/auth/user/changepw", "{\"name\":\"none\",\"password\":\"x\"}");
    ask("", "/v3/auth/user/changepw", "{\"name\":\"n\",\"hashedPassword\":\"!\"}");
    ask("", "/v3/auth/user/changepw", "{\"name\":\"n\",\"password\":\"x\"}");
    ask("", "/v3/auth/role/add", "{\"name\":\"r\"}");
    ask("", "/v3/auth/role/add", "{}");
    ask("", "/v3/auth/role/grant", "{\"name\":\"r\"}");
    ask("", "/v3/auth/role/grant", "{\"name\":\"none\",\"perm\":{\"key\":\"aw==\"}}");
    ask("", "/v3/auth/role/grant", "{\"name\":\"r\",\"perm\":{}}");
    ask("", "/v3/auth/role/grant", grant("READWRITE", "aw==", ""));
    ask("", "/v3/auth/role/grant", grant("READ", "cA==", "cQ=="));
    ask("", "/v3/auth/role/grant", grant("READ", "cQ==", "cA=="));
    ask("", "/v3/auth/role/grant", grant("7", "ZA==", ""));
    ask("", "/v3/auth/role/get", "{\"role\":\"r\"}");
    ask("", "/v3/auth/user/grant", "{\"user\":\"u\",\"role\":\"r\"}");
    ask("", "/v3/auth/user/grant", "{\"user\":\"root\",\"role\":\"root\"}");
    ask("", "/v3/auth/user/get", "{\"name\":\"u\"}");
    ask("", "/v3/auth/user/list", "{}");
    ask("", "/v3/auth/role/list", "{}");
    ask("", "/v3/kv/put", "{\"key\":\"aw==\",\"value\":\"dg==\"}");
    ask("", "/v3/lease/grant", "{\"TTL\":\"1000\",\"ID\":\"7\"}");
    ask("", "/v3/lease/grant", "{\"TTL\":\"1000\",\"ID\":\"8\"}");
    ask("", "/v3/kv/put", "{\"key\":\"YQ==\",\"value\":\"dg==\",\"lease\":\"7\"}");
    ask("", "/v3/auth/enable", "{}");
    ask("", "/v3/auth/status", "{}");
  }

  private static String grant(String type, String key, String end) {
    return "{\"name\":\"r\",\"perm\":{\"permType\":\"%s\",\"key\":\"%s\",\"range_end\":\"%s\"}}"
        .formatted(type, key, end);
  }

  private void believed() {
    login("", "u", "wrong");
    login("", "nobody", "pw");
    login("", "n", "x");
    login("", "u", "");
    login("root", "root", "rpw");
    login("u", "u", "pw");
    login("again", "u", "pw");
    for (String token :
        List.of("", "u", "root", "again", "nonsense", "nonsense.12", "a.b.c", "Bearer ")) {
      everyRoad(token);
    }
    steps.add(new Step("", "Grpc-Metadata-Token", "u", "/v3/kv/range", "{\"key\":\"aw==\"}"));
    steps.add(new Step("", "Grpc-Metadata-Token", "no", "/v3/kv/range", "{\"key\":\"aw==\"}"));
    steps.add(new Step("", "Bearer", "u", "/v3/kv/range", "{\"key\":\"aw==\"}"));
  }

  private void everyRoad(String token) {
    ask(token, "/v3/auth/status", "{}");
    ask(token, "/v3/kv/range", "{\"key\":\"aw==\"}");
    ask(token, "/v3/kv/range", "{\"key\":\"YQ==\"}");
    ask(token, "/v3/kv/range", "{\"key\":\"aw==\",\"range_end\":\"bA==\"}");
    ask(token, "/v3/kv/range", "{\"key\":\"aw==\",\"range_end\":\"AA==\"}");
    ask(token, "/v3/kv/range", "{\"key\":\"cA==\",\"range_end\":\"cQ==\"}");
    ask(token, "/v3/kv/put", "{\"key\":\"aw==\",\"value\":\"dg==\",\"prev_kv\":true}");
    ask(token, "/v3/kv/put", "{\"key\":\"cA==\",\"value\":\"dg==\"}");
    ask(token, "/v3/kv/put", "{\"key\":\"\"}");
    ask(token, "/v3/kv/put", "{\"key\":\"aw==\",\"lease\":\"7\"}");
    ask(token, "/v3/kv/put", "{\"key\":\"aw==\",\"lease\":\"8\"}");
    ask(token, "/v3/kv/put", "{\"key\":\"aw==\",\"lease\":\"9\"}");
    ask(token, "/v3/kv/deleterange", "{\"key\":\"cA==\",\"prev_kv\":true}");
    ask(
        token,
        "/v3/kv/txn",
        "{\"success\":[{\"requestTxn\":{\"failure\":[{\"requestPut\":{\"key\":\"YQ==\"}}]}}]}");
    ask(
        token,
        "/v3/kv/txn",
        "{\"compare\":[{\"key\":\"aw==\"}],\"success\":[{\"requestRange\":{\"key\":\"aw==\"}}]}");
    ask(token, "/v3/lease/grant", "{\"TTL\":\"99999999999\"}");
    ask(token, "/v3/lease/leases", "{}");
    ask(token, "/v3/lease/timetolive", "{\"ID\":\"9\",\"keys\":true}");
    ask(token, "/v3/lease/timetolive", "{\"ID\":\"9\"}");
    ask(token, "/v3/lease/revoke", "{\"ID\":\"9\"}");
    ask(token, "/v3/lease/keepalive", "{\"ID\":\"7\"}");
    ask(token, "/v3/lease/keepalive", "{\"ID\":\"9\"}");
    ask(token, "/v3/kv/compaction", "{\"revision\":\"99999\"}");
    ask(token, "/v3/maintenance/alarm", "{}");
    ask(token, "/v3/maintenance/alarm", "{\"action\":\"DEACTIVATE\",\"alarm\":\"NOSPACE\"}");
    ask(token, "/v3/maintenance/hashkv", "{\"revision\":\"99999\"}");
    ask(token, "/v3/maintenance/downgrade", "{\"action\":\"VALIDATE\",\"version\":\"x\"}");
    ask(token, "/v3/maintenance/defragment", "{}");
    ask(token, "/v3/cluster/member/list", "{}");
    ask(token, "/v3/auth/user/get", "{\"name\":\"u\"}");
    ask(token, "/v3/auth/user/get", "{\"name\":\"root\"}");
    ask(token, "/v3/auth/user/get", "{\"name\":\"none\"}");
    ask(token, "/v3/auth/role/get", "{\"role\":\"r\"}");
    ask(token, "/v3/auth/role/get", "{\"role\":\"none\"}");
    ask(token, "/v3/auth/role/grant", "{\"name\":\"r\"}");
    ask(token, "/v3/auth/user/list", "{}");
    ask(token, "/v3/auth/user/add", "{\"name\":\"u\",\"password\":\"pw\"}");
    ask(token, "/v3/auth/enable", "{}");
  }

  /// Which changes end a token, and which do not.
  private void changedMeanwhile() {
    ask("root", "/v3/auth/role/add", "{\"name\":\"s\"}");
    ask("u", "/v3/kv/range", "{\"key\":\"aw==\"}");
    ask("root", "/v3/auth/user/revoke", "{\"name\":\"u\",\"role\":\"r\"}");
    ask("u", "/v3/kv/range", "{\"key\":\"aw==\"}");
    ask("root", "/v3/auth/user/grant", "{\"user\":\"u\",\"role\":\"r\"}");
    ask("u", "/v3/kv/range", "{\"key\":\"aw==\"}");
    ask("root", "/v3/auth/user/changepw", "{\"name\":\"u\",\"password\":\"pw\"}");
    ask("u", "/v3/kv/range", "{\"key\":\"aw==\"}");
    login("u", "u", "pw");
    ask("u", "/v3/kv/range", "{\"key\":\"aw==\"}");
    ask("root", "/v3/auth/user/delete", "{\"name\":\"u\"}");
    ask("u", "/v3/kv/range", "{\"key\":\"aw==\"}");
    ask("root", "/v3/auth/user/add", "{\"name\":\"u\",\"password\":\"pw\"}");
    ask("u", "/v3/kv/range", "{\"key\":\"aw==\"}");
    login("u", "u", "pw");
    ask("u", "/v3/kv/range", "{\"key\":\"aw==\"}");
    ask("root", "/v3/auth/user/changepw", "{\"name\":\"u\"}");
    login("", "u", "pw");
    login("", "u", "");
  }

  private void switchedOff() {
    ask("u", "/v3/auth/disable", "{}");
    ask("root", "/v3/auth/disable", "{}");
    ask("root", "/v3/kv/range", "{\"key\":\"aw==\"}");
    ask("nonsense", "/v3/kv/range", "{\"key\":\"aw==\"}");
    ask("", "/v3/kv/put", "{\"key\":\"aw==\",\"value\":\"dg==\"}");
    ask("", "/v3/auth/enable", "{}");
    ask("root", "/v3/kv/range", "{\"key\":\"aw==\"}");
    login("root", "root", "rpw");
    ask("root", "/v3/kv/range", "{\"key\":\"aw==\"}");
    ask("root", "/v3/auth/status", "{}");
  }

  private static String answer(
      HttpClient http, String server, Step step, Map<String, String> tokens) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + step.path()))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(BodyPublishers.ofString(step.body()));
    String shown = tokens.getOrDefault(step.token(), step.token());
    if (step.header().equals("Bearer")) {
      request.header("Authorization", "Bearer " + shown);
    } else if (!step.token().isEmpty()) {
      request.header(step.header(), shown);
    }
    HttpResponse<String> response =
        http.sendAsync(request.build(), BodyHandlers.ofString())
            .orTimeout(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS)
            .join();
    String body = response.body().replace(", ", ",").replace('\u00a0', ' ');
    Matcher token = TOKEN.matcher(body);
    if (token.find()) {
      if (!step.keep().isEmpty()) {
        tokens.put(step.keep(), token.group(1));
      }
      body = token.replaceAll("\"token\":\"TOKEN\"");
    }
    return response.statusCode() + "\n" + Normal.of(body);
  }
}
