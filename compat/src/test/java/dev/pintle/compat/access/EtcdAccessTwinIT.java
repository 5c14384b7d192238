package dev.pintle.compat.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `etcd --host-whitelist` and `--cors` beside the real etcd.
class EtcdAccessTwinIT {
  private static final String JSON = "Content-Type: application/json";
  private static final String RANGE = "/v3/kv/range";
  private static final String KEY = "{\"key\":\"Zm9v\"}";
  private static final Pattern ALLOWED = Pattern.compile("(?m)^access-control-[^\r]*");

  private static final List<PageRequest> REQUESTS =
      List.of(
          PageRequest.get("/version"),
          PageRequest.get("/version", "Host: good.example"),
          PageRequest.get("/version", "Host: good.example:2379"),
          PageRequest.get("/version", "Host: GOOD.example"),
          PageRequest.get("/version", "Host: evil.example:2379"),
          PageRequest.get("/version", "Host: a:b:c"),
          PageRequest.get("/version", "Host: [::1]:2379"),
          PageRequest.get("/version", "Host: [::1]"),
          PageRequest.get("/nope", "Host: evil.example"),
          PageRequest.post(RANGE, KEY, JSON, "Host: evil.example"),
          PageRequest.post(RANGE, KEY, JSON, "Origin: http://page.example:80"),
          PageRequest.post(RANGE, KEY, JSON, "Origin: http://page.example"),
          PageRequest.post(RANGE, KEY, JSON, "Origin: http://evil.example:80"),
          PageRequest.post(RANGE, KEY, "Content-Type: text/plain"),
          PageRequest.get("/health", "Origin: http://page.example:80"),
          options("/health"),
          options(RANGE, "Origin: http://page.example:80"),
          options(RANGE, "Origin: http://evil.example:80"),
          options("/nope"));

  @TempDir private Path data;

  private static PageRequest options(String path, String... headers) {
    return new PageRequest("OPTIONS", path, List.of(headers), "");
  }

  @Test
  void everyRequestIsHeardByDefaultAsByEtcd() throws Exception {
    compare();
  }

  @Test
  void theListsAreThoseOfEtcd() throws Exception {
    compare("--host-whitelist=127.0.0.1,good.example,::1", "--cors=http://page.example:80");
  }

  private void compare(String... flags) throws Exception {
    try (RunningEtcd real = RunningEtcd.start(data, flags);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"), flags)) {
      SoftAssertions differences = new SoftAssertions();
      for (PageRequest request : REQUESTS) {
        differences
            .assertThat(told(request.send(pintle.etcd())))
            .as(request.toString())
            .isEqualTo(told(request.send(real.url())));
      }
      differences.assertAll();
      assertThat(REQUESTS).isNotEmpty();
    }
  }

  /// The code, what pages may do, and in what words it was refused.
  private static String told(String answer) {
    StringBuilder told = new StringBuilder().append(PageRequest.code(answer)).append('\n');
    Matcher matcher = ALLOWED.matcher(answer.substring(0, answer.indexOf("\r\n\r\n")));
    matcher
        .results()
        .map(found -> found.group())
        .sorted()
        .forEach(line -> told.append(line).append('\n'));
    if (PageRequest.code(answer) == 421) {
      told.append(answer.substring(answer.indexOf("\r\n\r\n")));
    }
    return told.toString();
  }
}
