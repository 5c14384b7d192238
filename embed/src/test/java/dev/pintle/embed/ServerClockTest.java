package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerClockTest extends OneServerEach {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String EVENTS = "/api/v1/namespaces/default/events";
  private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final String KEY =
      Base64.getEncoder().encodeToString("/mine".getBytes(StandardCharsets.US_ASCII));

  @Test
  void aLeaseThatRanOutIsGoneWhenTheClockWasMoved() throws Exception {
    try (Http etcd = Http.of(server.etcd())) {
      etcd.post("/v3/lease/grant", "{\"ID\":\"77\",\"TTL\":\"3600\"}");
      etcd.post("/v3/kv/put", "{\"key\":\"%s\",\"lease\":\"77\"}".formatted(KEY));
      server.clock().advance(Duration.ofMinutes(59));
      assertThat(read(etcd)).contains("kvs");
      server.clock().advance(Duration.ofMinutes(1));
      assertThat(read(etcd)).doesNotContain("kvs");
      assertThat(etcd.post("/v3/lease/timetolive", "{\"ID\":\"77\"}").body())
          .contains("\"TTL\":\"-1\"");
    }
  }

  @Test
  void aLeaseThatIsKeptAliveStays() throws Exception {
    try (Http etcd = Http.of(server.etcd())) {
      etcd.post("/v3/lease/grant", "{\"ID\":\"77\",\"TTL\":\"3600\"}");
      etcd.post("/v3/kv/put", "{\"key\":\"%s\",\"lease\":\"77\"}".formatted(KEY));
      for (int i = 0; i < 3; i++) {
        server.clock().advance(Duration.ofMinutes(40));
        etcd.post("/v3/lease/keepalive", "{\"ID\":\"77\"}");
      }
      assertThat(read(etcd)).contains("kvs");
    }
  }

  @Test
  void manyLeasesEndTogether() throws Exception {
    try (Http etcd = Http.of(server.etcd())) {
      for (int i = 1; i <= 1_200; i++) {
        etcd.post("/v3/lease/grant", "{\"ID\":\"%d\",\"TTL\":\"%d\"}".formatted(i, 60 + i % 9));
      }
      server.clock().advance(Duration.ofMinutes(2));
      assertThat(etcd.post("/v3/lease/leases", "{}").body()).doesNotContain("\"ID\"");
    }
  }

  @Test
  void anEventIsGoneAfterItsHour() throws Exception {
    client.post(
        EVENTS,
        """
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"mine"},
         "involvedObject":{"kind":"Pod","namespace":"default","name":"pod"},"reason":"Tested"}\
        """);
    server.clock().advance(Duration.ofMinutes(59));
    assertThat(client.get(EVENTS + "/mine").statusCode()).isEqualTo(200);
    server.clock().advance(Duration.ofMinutes(3));
    assertThat(client.get(EVENTS + "/mine").statusCode()).isEqualTo(404);
  }

  @Test
  void aBoundTokenIsRefusedAfterItsTime() throws Exception {
    String answer =
        client
            .post(
                "/api/v1/namespaces/default/serviceaccounts/default/token",
                """
                {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest",
                 "spec":{"expirationSeconds":3600}}\
                """)
            .body();
    try (Http bearer = Http.of(server, between(answer, "\"token\":\"", "\""))) {
      server.clock().advance(Duration.ofMinutes(59));
      assertThat(bearer.get(CONFIG_MAPS).statusCode()).isEqualTo(403);
      server.clock().advance(Duration.ofMinutes(3));
      assertThat(bearer.get(CONFIG_MAPS).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aFinishedJobIsGoneAfterItsTime() throws Exception {
    client.post(
        JOBS,
        """
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"mine"},
         "spec":{"ttlSecondsAfterFinished":100000,"template":{"spec":{"restartPolicy":"Never",
          "containers":[{"name":"main","image":"example/image:1"}]}}}}\
        """);
    String now = server.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    assertThat(
            client
                .patch(
                    JOBS + "/mine/status",
                    """
                    {"status":{"startTime":"%1$s","completionTime":"%1$s","succeeded":1,"conditions":[
                     {"type":"SuccessCriteriaMet","status":"True","lastTransitionTime":"%1$s"},
                     {"type":"Complete","status":"True","lastTransitionTime":"%1$s"}]}}\
                    """
                        .formatted(now))
                .statusCode())
        .isEqualTo(200);
    try (Stream<String> events = client.watch(JOBS)) {
      server.clock().advance(Duration.ofHours(27));
      assertThat(client.get(JOBS + "/mine").statusCode()).isEqualTo(200);
      server.clock().advance(Duration.ofHours(1));
      assertThat(events.anyMatch(event -> event.contains("DELETED"))).isTrue();
    }
  }

  @Test
  void aRequestForACertificateThatNobodyAnsweredIsGoneAfterADay() throws Exception {
    client.post(REQUESTS, certificateRequest());
    assertThat(client.get(REQUESTS + "/mine").statusCode()).isEqualTo(200);
    try (Stream<String> events = client.watch(REQUESTS)) {
      server.clock().advance(Duration.ofHours(25));
      assertThat(events.anyMatch(event -> event.contains("DELETED"))).isTrue();
    }
  }

  @Test
  void whatIsMadeLaterIsStampedWithTheNewHour() throws Exception {
    server.clock().advance(Duration.ofDays(400));
    String made =
        client
            .post(
                CONFIG_MAPS,
                """
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"mine"},"data":{"key":"value"}}\
                """)
            .body();
    Instant stamped = Instant.parse(between(made, "\"creationTimestamp\":\"", "\""));
    assertThat(stamped).isCloseTo(server.clock().instant(), within(30, ChronoUnit.SECONDS));
    assertThat(stamped).isAfter(Instant.now().plus(Duration.ofDays(399)));
    assertThat(between(made, "\"time\":\"", "\"")).startsWith(stamped.toString().substring(0, 10));
  }

  @Test
  void whatRulesStampHasTheNewHourToo() throws Exception {
    server.clock().advance(Duration.ofDays(400));
    client.post(
        "/api/v1/persistentvolumes",
        """
        {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"mine"},
         "spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],
          "hostPath":{"path":"/tmp"}}}\
        """);
    String changed =
        client
            .patch(
                "/api/v1/persistentvolumes/mine/status", "{\"status\":{\"phase\":\"Available\"}}")
            .body();
    assertThat(Instant.parse(between(changed, "\"lastPhaseTransitionTime\":\"", "\"")))
        .isAfter(Instant.now().plus(Duration.ofDays(399)));
  }

  @Test
  void aWatchIsNotEndedByAMove() throws Exception {
    try (Stream<String> events = client.watch(CONFIG_MAPS)) {
      server.clock().advance(Duration.ofDays(1));
      client.post(
          CONFIG_MAPS,
          "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"mine\"}}");
      assertThat(events.anyMatch(event -> event.contains("\"name\":\"mine\""))).isTrue();
    }
  }

  @Test
  void historyIsNotCompactedByAMove() {
    long before = server.revision();
    server.clock().advance(Duration.ofDays(1));
    assertThat(server.at(before).object("/api/v1/namespaces/default")).isPresent();
  }

  @Test
  void itGoesOnlyAhead() {
    ServerClock clock = server.clock();
    assertThat(clock.ahead()).isZero();
    clock.advance(Duration.ZERO);
    clock.advance(Duration.ofHours(1));
    for (Duration wrong :
        new Duration[] {
          Duration.ofNanos(-1), Duration.ofDays(36_525), Duration.ofSeconds(Long.MAX_VALUE)
        }) {
      assertThatThrownBy(() -> clock.advance(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: not negative");
    }
    assertThat(clock.ahead()).isEqualTo(Duration.ofHours(1));
    server.close();
    assertThatThrownBy(() -> clock.advance(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private static String read(Http etcd) throws Exception {
    return etcd.post("/v3/kv/range", "{\"key\":\"%s\"}".formatted(KEY)).body();
  }

  private static String between(String text, String before, String after) {
    int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf(after, from));
  }

  private static String certificateRequest() {
    String pem =
        """
        -----BEGIN CERTIFICATE REQUEST-----
        MIHJMHECAQAwDzENMAsGA1UEAwwEbWluZTBZMBMGByqGSM49AgEGCCqGSM49AwEH
        A0IABHmPHM+1xFMiNVYz1IccyiMgn3piT3bXGoCLqmVgUG7hLyAeLaVPUCY0vFtP
        sTAGL+23t9ccQIZdQlnkjJrYmumgADAKBggqhkjOPQQDAgNIADBFAiA6g4lzPFEs
        XYyo1NDDYH8Q1Kz5/QeB6gGJrJxc86L5/AIhAKxqg7lXVq1Jcp1+nItp83jfhK1R
        LyI2EP9f4FqxvkB8
        -----END CERTIFICATE REQUEST-----
        """;
    return """
    {"apiVersion":"certificates.k8s.io/v1","kind":"CertificateSigningRequest","metadata":{"name":"mine"},
     "spec":{"signerName":"example.com/nobody","usages":["client auth"],"request":"%s"}}\
    """
        .formatted(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
