package dev.pintle.compat.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The etcd port of `up --etcd-insecure` as a page in a browser of this machine finds it.
class PageIT {
  private static final String RANGE = "/v3/kv/range";
  private static final String ALL = "{\"key\":\"AA==\",\"range_end\":\"AA==\"}";
  private static final String JSON = "Content-Type: application/json";

  @TempDir private static Path data;
  private static RunningPintle pintle;

  @BeforeAll
  static void start() {
    pintle =
        RunningPintle.up(data.resolve("pintle"), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
  }

  @AfterAll
  static void stop() {
    pintle.close();
  }

  static Stream<Arguments> whatAPageSends() {
    return Stream.of(
        Arguments.of(403, PageRequest.post(RANGE, ALL, JSON, "Origin: http://evil.example")),
        Arguments.of(403, PageRequest.post(RANGE, ALL, JSON, "Origin: null")),
        Arguments.of(403, PageRequest.get("/metrics", "Sec-Fetch-Site: cross-site")),
        Arguments.of(403, PageRequest.get("/health", "Sec-Fetch-Site: same-origin")),
        Arguments.of(421, PageRequest.post(RANGE, ALL, JSON, "Host: evil.example:2379")),
        Arguments.of(421, PageRequest.get("/version", "Host: localhost.evil.example")),
        Arguments.of(421, PageRequest.get("/version", "Host: 127.0.0.1.evil.example")),
        Arguments.of(415, PageRequest.post(RANGE, ALL, "Content-Type: text/plain")),
        Arguments.of(
            415, PageRequest.post(RANGE, ALL, "Content-Type: text/plain; a=application/json")),
        Arguments.of(
            415, PageRequest.post(RANGE, ALL, "Content-Type: application/x-www-form-urlencoded")),
        Arguments.of(415, PageRequest.post(RANGE, ALL, "Content-Type: multipart/form-data")),
        Arguments.of(
            403,
            new PageRequest(
                "OPTIONS",
                RANGE,
                java.util.List.of(
                    "Origin: http://evil.example", "Access-Control-Request-Method: POST"),
                "")));
  }

  @ParameterizedTest
  @MethodSource("whatAPageSends")
  void nothingOfAPageIsHeard(int code, PageRequest request) throws IOException {
    String answer = request.send(pintle.etcd());
    assertThat(PageRequest.code(answer)).as(answer).isEqualTo(code);
    assertThat(answer).doesNotContain("access-control-").doesNotContain("kvs");
  }

  @Test
  void aProgramOfThisMachineIsHeardAndNoPageMayReadTheAnswer() throws IOException {
    String port = pintle.etcd().substring(pintle.etcd().lastIndexOf(':'));
    for (String host : new String[] {"localhost", "LOCALHOST", "127.0.0.1", "[::1]"}) {
      String answer =
          PageRequest.post(RANGE, ALL, JSON, "Host: " + host + port).send(pintle.etcd());
      assertThat(PageRequest.code(answer)).as(host).isEqualTo(200);
      assertThat(answer).contains("kvs").doesNotContain("access-control-");
    }
    assertThat(
            PageRequest.code(
                PageRequest.get("/health", "Sec-Fetch-Site: none").send(pintle.etcd())))
        .isEqualTo(200);
  }

  @Test
  void itsOwnerIsToldWhoMayReadWhat() {
    assertThat(pintle.child().log())
        .contains("every user and every program of this machine can read and change all of it");
  }
}
