package dev.pintle.kube;

import static dev.pintle.kube.Api.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The tokens of service accounts that lie in secrets.
final class TokenSecretsTest {
  private static final String CORE = "/api/v1/namespaces/default/";
  private static final String SECRETS = CORE + "secrets";
  private static final String ACCOUNTS = CORE + "serviceaccounts";
  private final Instant start = Instant.now();
  private final VirtualTime time = new VirtualTime(start);

  /// What the audit record of the last question has.
  private volatile Map<String, String> noted = Map.of();

  private final Api api =
      new Api(
          KubeConfig.DEFAULT
              .withControllers(ControllerSelection.ALL)
              .withRootCertificates(() -> "PEM")
              .withControllerTime(time.forControllers()),
          next ->
              context -> {
                if (context.info().resource().equals("selfsubjectreviews")) {
                  noted = context.notes().annotations();
                }
                next.handle(context);
              });

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
    api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"a\"}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void secret(String name) throws InterruptedException {
    Api.Answer made =
        api.post(
            SECRETS,
            "{\"metadata\":{\"name\":\"%s\",\"annotations\":{\"kubernetes.io/service-account.name\":\"a\"}},\"type\":\"kubernetes.io/service-account-token\"}"
                .formatted(name));
    assertThat(made.code()).as(made.message()).isEqualTo(201);
  }

  private JsonObject filled(String name) throws InterruptedException {
    return api.until(
            SECRETS + "/" + name, answer -> answer.exchange().text().contains("\"token\":\""))
        .body();
  }

  private static String decoded(JsonObject secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.objectAt("data").textOrEmpty(key)),
        StandardCharsets.UTF_8);
  }

  private Api.Answer as(String token) throws InterruptedException {
    return api.send(
        "POST",
        "/apis/authentication.k8s.io/v1/selfsubjectreviews",
        "{}",
        Map.of("authorization", "Bearer " + token, "content-type", Api.JSON));
  }

  @Test
  void aSecretThatNobodyMayChangeIsLeftAlone() throws InterruptedException {
    Api.Answer made =
        api.post(
            SECRETS,
            "{\"metadata\":{\"name\":\"i\",\"annotations\":{\"kubernetes.io/service-account.name\":\"a\"}},\"type\":\"kubernetes.io/service-account-token\",\"immutable\":true}");
    assertThat(made.code()).as(made.message()).isEqualTo(201);
    for (int i = 0; i < 10; i++) {
      secret("t" + i);
      filled("t" + i);
    }
    assertThat(api.get(SECRETS + "/i").exchange().text()).doesNotContain("\"token\":");
    assertThat(api.get("/metrics").exchange().text())
        .contains(
            "pintle_controller_failures_total{controller=\"serviceaccount-token-controller\"} 0\n");
  }

  @Test
  void aSecretGetsATokenThatServes() throws InterruptedException {
    secret("t");
    JsonObject secret = filled("t");
    assertThat(decoded(secret, "ca.crt")).isEqualTo("PEM");
    assertThat(decoded(secret, "namespace")).isEqualTo("default");
    String uid = api.get(ACCOUNTS + "/a").metadata().textOrEmpty("uid");
    assertThat(
            secret
                .objectAt("metadata")
                .objectAt("annotations")
                .textOrEmpty("kubernetes.io/service-account.uid"))
        .isEqualTo(uid);
    String token = decoded(secret, "token");
    String claims =
        new String(
            Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    assertThat(claims)
        .isEqualTo(
            "{\"iss\":\"kubernetes/serviceaccount\",\"kubernetes.io/serviceaccount/namespace\":\"default\",\"kubernetes.io/serviceaccount/secret.name\":\"t\",\"kubernetes.io/serviceaccount/service-account.name\":\"a\",\"kubernetes.io/serviceaccount/service-account.uid\":\"%s\",\"sub\":\"system:serviceaccount:default:a\"}"
                .formatted(uid));
    Api.Answer who = as(token);
    assertThat(who.code()).isEqualTo(201);
    assertThat(who.exchange().text())
        .contains("\"username\":\"system:serviceaccount:default:a\",\"uid\":\"" + uid);
    assertThat(who.exchange().answerHeaders("warning")).isEmpty();
    assertThat(noted)
        .containsOnly(
            Map.entry("authentication.k8s.io/legacy-token", "system:serviceaccount:default:a"),
            Map.entry("authentication.k8s.io/legacy-token-manual-secret", "t"));
    String today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).toString();
    api.untilSaid(SECRETS + "/t", "\"kubernetes.io/legacy-token-last-used\":\"" + today + "\"");
    api.patch(
        SECRETS + "/t",
        MERGE,
        "{\"metadata\":{\"labels\":{\"kubernetes.io/legacy-token-invalid-since\":\"2020-01-01\"}}}");
    assertThat(as(token).code()).isEqualTo(401);
    api.delete(SECRETS + "/t");
    assertThat(as(token).code()).isEqualTo(401);
  }

  @Test
  void whoBearsATokenThatWasMadeForTheAccountIsWarned() throws InterruptedException {
    secret("t");
    String token = decoded(filled("t"), "token");
    api.patch(ACCOUNTS + "/a", MERGE, "{\"secrets\":[{\"name\":\"t\"}]}");
    assertThat(as(token).exchange().answerHeaders("warning").toString())
        .contains(
            "Use tokens from the TokenRequest API or manually created secret-based tokens instead of auto-generated secret-based tokens.");
    api.delete(SECRETS + "/t");
    api.until(ACCOUNTS + "/a", answer -> answer.code() == 200 && !answer.body().has("secrets"));
    assertThat(noted).containsEntry("authentication.k8s.io/legacy-token-autogenerated-secret", "t");
  }

  @Test
  void tokensGoWithTheirAccount() throws InterruptedException {
    secret("t");
    filled("t");
    api.delete(ACCOUNTS + "/a");
    api.until(SECRETS + "/t", answer -> answer.code() == 404);
    secret("late");
    api.until(SECRETS + "/late", answer -> answer.code() == 404);
  }

  @Test
  void whatIsTakenFromASecretIsPutBack() throws InterruptedException {
    secret("t");
    String before = decoded(filled("t"), "token");
    api.patch(SECRETS + "/t", MERGE, "{\"data\":{\"ca.crt\":\"AAAA\",\"token\":null}}");
    JsonObject after =
        api.until(
                SECRETS + "/t",
                answer -> {
                  time.goOn(start.plusSeconds(10));
                  return decoded(answer.body(), "ca.crt").equals("PEM");
                })
            .body();
    assertThat(decoded(after, "token")).isEqualTo(before);
  }

  @Test
  void aTokenThatNobodyUsedForAYearIsMarkedAndGoesAYearLater() throws InterruptedException {
    api.untilSaid(
        "/api/v1/namespaces/kube-system/configmaps/kube-apiserver-legacy-service-account-token-tracking",
        "\"since\":\"");
    secret("generated");
    secret("own");
    secret("mounted");
    for (String name : new String[] {"generated", "own", "mounted"}) {
      filled(name);
    }
    api.patch(
        ACCOUNTS + "/a", MERGE, "{\"secrets\":[{\"name\":\"generated\"},{\"name\":\"mounted\"}]}");
    api.pod(
        "p",
        "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"mounted\"}}]");
    time.awaitPlanned(start.plus(Duration.ofHours(24)));
    Instant yearLater = start.plus(Duration.ofDays(368));
    time.goTo(yearLater);
    String day = LocalDate.ofInstant(yearLater, ZoneOffset.UTC).toString();
    api.untilSaid(
        SECRETS + "/generated", "\"kubernetes.io/legacy-token-invalid-since\":\"" + day + "\"");
    time.awaitPlanned(yearLater.plus(Duration.ofHours(24)));
    time.goTo(yearLater.plus(Duration.ofDays(367)));
    api.until(SECRETS + "/generated", answer -> answer.code() == 404);
    for (String name : new String[] {"own", "mounted"}) {
      assertThat(api.get(SECRETS + "/" + name).exchange().text())
          .doesNotContain("legacy-token-invalid-since");
    }
  }
}
