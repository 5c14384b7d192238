package dev.pintle.kube;

import static dev.pintle.kube.Api.JSON_PATCH;
import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Controllers that are contradicted each time that they have put something right.
final class ControllerContentionTest {
  private static final String DEFAULT = "/api/v1/namespaces/default/";
  private static final String SLICES =
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
  private static final String OF_S = SLICES + "?labelSelector=kubernetes.io%2Fservice-name%3Ds";
  private static final int CONTRADICTIONS = 6;

  /// In a second, of the thousands that nobody holds back.
  private static final int WRITES_MAX = 100;

  /// Of the 6.3 seconds that six doubled pauses add up to: some may have been begun before they were looked at.
  private static final Duration WAITED_MIN = Duration.ofSeconds(1);

  /// Longer than the last pause; what is planned later is something else.
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final VirtualTime time = new VirtualTime(START);
  private final Api api =
      new Api(
          KubeConfig.DEFAULT
              .withControllers(ControllerSelection.ALL)
              .withRootCertificates(() -> "PEM")
              .withControllerTime(time.forControllers()));

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
    api.until(DEFAULT + "serviceaccounts/default", answer -> answer.code() == 200);
  }

  @AfterEach
  void close() {
    api.close();
  }

  /// An act of somebody else.
  @FunctionalInterface
  private interface Act {
    void run() throws InterruptedException;
  }

  private static Predicate<Api.Answer> says(String text) {
    return answer -> answer.exchange().text().contains(text);
  }

  /// The controller puts it right each time, and waits longer each time, so that time goes by.
  ///
  /// @param right whether the object is as the controller wants it; it is, or will be
  private void contradict(String path, Predicate<Api.Answer> right, Act contradiction)
      throws InterruptedException {
    putRight(path, right);
    Instant before = time.now();
    for (int i = 0; i < CONTRADICTIONS; i++) {
      contradiction.run();
      putRight(path, right);
    }
    assertThat(Duration.between(before, time.now())).isGreaterThan(WAITED_MIN);
  }

  /// Waits until it is so; time goes on only where something is planned soon.
  private void putRight(String path, Predicate<Api.Answer> right) throws InterruptedException {
    Instant end = time.now().plus(PAUSE_MAX);
    api.until(
        path,
        answer -> {
          boolean isRight = right.test(answer);
          if (!isRight) {
            time.goOn(end);
          }
          return isRight;
        });
  }

  private void accepted(Api.Answer answer) {
    assertThat(answer.code()).as(answer.exchange().text()).isBetween(200, 201);
  }

  @Test
  void certificatesThatSomebodyElseWritesOtherwise() throws InterruptedException {
    String map = DEFAULT + "configmaps/kube-root-ca.crt";
    contradict(
        map,
        says("\"ca.crt\":\"PEM\""),
        () -> accepted(api.patch(map, MERGE, "{\"data\":{\"ca.crt\":\"other\"}}")));
  }

  @Test
  void anAccountThatSomebodyElseDeletes() throws InterruptedException {
    String account = DEFAULT + "serviceaccounts/default";
    contradict(account, answer -> answer.code() == 200, () -> accepted(api.delete(account)));
  }

  @Test
  void aRoleThatSomebodyElseGivesOtherRules() throws InterruptedException {
    String roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
    accepted(
        api.post(
            roles,
            "{\"metadata\":{\"name\":\"a\"},\"aggregationRule\":{\"clusterRoleSelectors\":[{\"matchLabels\":{\"x\":\"y\"}}]},\"rules\":[]}"));
    accepted(
        api.post(
            roles,
            "{\"metadata\":{\"name\":\"b\",\"labels\":{\"x\":\"y\"}},\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"g\"],\"resources\":[\"things\"]}]}"));
    contradict(
        roles + "/a",
        says("things"),
        () -> accepted(api.patch(roles + "/a", MERGE, "{\"rules\":[]}")));
    // Another role is not held up.
    accepted(
        api.post(
            roles,
            "{\"metadata\":{\"name\":\"c\"},\"aggregationRule\":{\"clusterRoleSelectors\":[{\"matchLabels\":{\"x\":\"y\"}}]},\"rules\":[]}"));
    api.until(roles + "/c", says("things"));
  }

  @Test
  void aTokenThatSomebodyElseTakesAway() throws InterruptedException {
    String secret = DEFAULT + "secrets/t";
    accepted(
        api.post(
            DEFAULT + "secrets",
            "{\"metadata\":{\"name\":\"t\",\"annotations\":{\"kubernetes.io/service-account.name\":\"default\"}},\"type\":\"kubernetes.io/service-account-token\"}"));
    contradict(
        secret,
        says("\"token\":\""),
        () -> accepted(api.patch(secret, MERGE, "{\"data\":{\"token\":null}}")));
  }

  @Test
  void aFinalizerThatSomebodyElseTakesAway() throws InterruptedException {
    accepted(
        api.post(
            DEFAULT + "persistentvolumeclaims",
            "{\"metadata\":{\"name\":\"c\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}"));
    String claim = DEFAULT + "persistentvolumeclaims/c";
    Act contradiction =
        () -> accepted(api.patch(claim, MERGE, "{\"metadata\":{\"finalizers\":null}}"));
    // The first one was admission's.
    contradiction.run();
    contradict(claim, says("pvc-protection"), contradiction);
  }

  @Test
  void endpointsThatSomebodyElseWritesOtherwise() throws InterruptedException {
    accepted(
        api.post(
            DEFAULT + "services",
            "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"selector\":{\"a\":\"b\"},\"ports\":[{\"port\":80}]}}"));
    String endpoints = DEFAULT + "endpoints/s";
    AtomicInteger changes = new AtomicInteger();
    // Upstream's controller does not look at what is written of Endpoints either; a change of the
    // service lets it.
    contradict(
        endpoints,
        says("endpoint-controller\""),
        () -> {
          accepted(
              api.patch(
                  endpoints,
                  MERGE,
                  "{\"metadata\":{\"labels\":{\"endpoints.kubernetes.io/managed-by\":null}}}"));
          accepted(
              api.patch(
                  DEFAULT + "services/s",
                  MERGE,
                  "{\"metadata\":{\"annotations\":{\"n\":\"%d\"}}}"
                      .formatted(changes.incrementAndGet())));
        });
  }

  @Test
  void slicesThatSomebodyElseDeletesOrWritesOtherwise() throws InterruptedException {
    accepted(
        api.post(
            DEFAULT + "services",
            "{\"metadata\":{\"name\":\"s\",\"labels\":{\"l\":\"1\"}},\"spec\":{\"selector\":{\"a\":\"b\"},\"ports\":[{\"port\":80}]}}"));
    contradict(
        OF_S,
        answer -> answer.items().size() == 1,
        () -> accepted(api.delete(SLICES + "/" + name())));
  }

  private String name() throws InterruptedException {
    JsonObject slice = api.get(OF_S).items().objects().getFirst();
    return slice.objectAt("metadata").textOrEmpty("name");
  }

  @Test
  void aDependentOfNobodyThatSomebodyElseMakesAgain() throws InterruptedException {
    Act contradiction =
        () ->
            accepted(
                api.post(
                    MAPS,
                    "{\"metadata\":{\"name\":\"d\",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"none\",\"uid\":\"u\"}]}}"));
    contradiction.run();
    contradict(MAPS + "/d", answer -> answer.code() == 404, contradiction);
  }

  @Test
  void whatIsSaidOfAPolicyThatSomebodyElseTakesBack() throws InterruptedException {
    String policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
    accepted(
        api.post(
            policies,
            "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"matchConstraints\":{\"resourceRules\":[{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"events\"]}]},\"validations\":[{\"expression\":\"true\"}]}}"));
    contradict(
        policies + "/p",
        says("\"observedGeneration\":1"),
        () ->
            accepted(
                api.patch(
                    policies + "/p/status",
                    JSON_PATCH,
                    "[{\"op\":\"remove\",\"path\":\"/status/observedGeneration\"}]")));
  }

  @Test
  void whatIsUsedOfAQuotaThatSomebodyElseWritesOtherwise() throws InterruptedException {
    String quota = DEFAULT + "resourcequotas/q";
    accepted(api.post(DEFAULT + "secrets", "{\"metadata\":{\"name\":\"s\"}}"));
    accepted(
        api.post(
            DEFAULT + "resourcequotas",
            "{\"metadata\":{\"name\":\"q\"},\"spec\":{\"hard\":{\"count/secrets\":\"7\"}}}"));
    Predicate<Api.Answer> right = says("\"used\":{\"count/secrets\":\"1\"}");
    contradict(
        quota,
        right,
        () ->
            accepted(
                api.patch(
                    quota + "/status",
                    MERGE,
                    "{\"status\":{\"used\":{\"count/secrets\":\"0\"}}}")));
  }

  @Test
  void aJobThatSomebodyElseMakesAgain() throws InterruptedException {
    String jobs = "/apis/batch/v1/namespaces/default/jobs";
    Act contradiction =
        () -> {
          accepted(
              api.post(
                  jobs,
                  "{\"metadata\":{\"name\":\"j\"},\"spec\":{\"ttlSecondsAfterFinished\":0,\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}"));
          accepted(
              api.patch(
                  jobs + "/j/status",
                  MERGE,
                  """
                  {"status":{"startTime":"2029-12-31T23:00:00Z","completionTime":"2029-12-31T23:59:50Z","conditions":[
                  {"type":"SuccessCriteriaMet","status":"True","lastTransitionTime":"2029-12-31T23:59:50Z"},
                  {"type":"Complete","status":"True","lastTransitionTime":"2029-12-31T23:59:50Z"}]}}
                  """));
        };
    contradiction.run();
    contradict(jobs + "/j", answer -> answer.code() == 404, contradiction);
  }

  /// The server's own, which know no other time than the real one: in a second they would write thousands of times.
  @Test
  void aFlowSchemaOfWhichSomebodyElseSaysSomethingElse() throws InterruptedException {
    String schema = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas/global-default";
    assertThat(
            writes(
                schema,
                says("\"reason\":\"Found\""),
                () ->
                    api.patch(
                        schema + "/status",
                        MERGE,
                        "{\"status\":{\"conditions\":[{\"type\":\"Dangling\",\"status\":\"True\",\"reason\":\"Other\",\"message\":\"m\",\"lastTransitionTime\":\"2029-12-31T23:59:50Z\"}]}}")))
        .isBetween(1, WRITES_MAX);
  }

  @Test
  void anApiServiceOfWhichSomebodyElseSaysSomethingElse() throws InterruptedException {
    String service = "/apis/apiregistration.k8s.io/v1/apiservices/v1.apps";
    assertThat(
            writes(
                service,
                says("\"reason\":\"Local\""),
                () ->
                    api.patch(
                        service + "/status",
                        MERGE,
                        "{\"status\":{\"conditions\":[{\"type\":\"Available\",\"status\":\"False\",\"reason\":\"Other\",\"message\":\"m\",\"lastTransitionTime\":\"2029-12-31T23:59:50Z\"}]}}")))
        .isBetween(1, WRITES_MAX);
  }

  @Test
  void theDaySinceWhenTokensAreTrackedThatSomebodyElseTakesAway() throws InterruptedException {
    String map =
        "/api/v1/namespaces/kube-system/configmaps/kube-apiserver-legacy-service-account-token-tracking";
    assertThat(writes(map, says("\"since\":\"20"), () -> api.delete(map))).isBetween(1, WRITES_MAX);
  }

  @Test
  void theServiceOfTheServerThatSomebodyElseDeletes() throws InterruptedException {
    String service = DEFAULT + "services/kubernetes";
    assertThat(writes(service, answer -> answer.code() == 200, () -> api.delete(service)))
        .isBetween(1, WRITES_MAX);
  }

  /// How often it is put right within a second, if it is contradicted each time.
  private int writes(String path, Predicate<Api.Answer> right, Act contradiction)
      throws InterruptedException {
    int writes = 0;
    api.until(path, right);
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    while (System.nanoTime() < end) {
      if (right.test(api.get(path))) {
        contradiction.run();
        writes++;
      }
      Thread.onSpinWait();
    }
    return writes;
  }
}
