package dev.pintle.kube;

import static dev.pintle.kube.Api.JSON_PATCH;
import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.STRATEGIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The warning of whoever asks for a policy that is not enforced, on every road.
final class UnservedFeaturesTest {
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
  private static final String SERVICE =
      """
      {"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService",
      "metadata":{"name":"v1.%1$s.example.com","labels":{"a":"%2$s"}},
      "spec":{"group":"%1$s.example.com","version":"v1","groupPriorityMinimum":100,"versionPriority":10,
      "service":{"name":"s","namespace":"default"},"insecureSkipTLSVerify":true}}
      """;
  private static final String NO_AGGREGATION =
      "299 - \"spec.service has no effect: this server hands no requests on to other API servers and answers 503 for this version\"";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private static List<String> warnings(Answer answer) {
    assertThat(answer.code()).isBetween(200, 201);
    return answer.exchange().answerHeaders("warning");
  }

  @Test
  void everyWriteOfWhatHasNoEffectIsWarnedOf() throws InterruptedException {
    String one = SERVICES + "/v1.q.example.com";
    assertThat(warnings(api.post(SERVICES, SERVICE.formatted("q", "b"))))
        .containsExactly(NO_AGGREGATION);
    assertThat(warnings(api.post(SERVICES + "?dryRun=All", SERVICE.formatted("r", "b"))))
        .containsExactly(NO_AGGREGATION);
    String version = "\"metadata\":{\"resourceVersion\":\"" + api.get(one).version() + "\",";
    String changed = SERVICE.formatted("q", "c").replace("\"metadata\":{", version);
    assertThat(warnings(api.put(one, changed))).containsExactly(NO_AGGREGATION);
    for (String type : List.of(MERGE, STRATEGIC)) {
      assertThat(warnings(api.patch(one, type, "{\"metadata\":{\"labels\":{\"a\":\"d\"}}}")))
          .containsExactly(NO_AGGREGATION);
    }
    assertThat(
            warnings(
                api.patch(
                    one,
                    JSON_PATCH,
                    "[{\"op\":\"replace\",\"path\":\"/metadata/labels/a\",\"value\":\"e\"}]")))
        .containsExactly(NO_AGGREGATION);
    assertThat(
            warnings(
                api.patch(one + "?fieldManager=f&force=true", APPLY, SERVICE.formatted("q", "f"))))
        .containsExactly(NO_AGGREGATION);
    assertThat(
            warnings(
                api.patch(
                    SERVICES + "/v1.new.example.com?fieldManager=f",
                    APPLY,
                    SERVICE.formatted("new", "g"))))
        .containsExactly(NO_AGGREGATION);
    assertThat(warnings(api.get(one))).isEmpty();
    assertThat(warnings(api.delete(one))).isEmpty();
  }

  @Test
  void whatIsRefusedIsNotWarnedOf() throws InterruptedException {
    Answer refused = api.post(SERVICES, SERVICE.formatted("A_B", "b"));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.exchange().answerHeaders("warning")).isEmpty();
  }

  @Test
  void readinessNamesThemToWhoeverWantsToKnowMore() throws InterruptedException {
    assertThat(api.get("/readyz").exchange().text()).isEqualTo("ok");
    assertThat(api.get("/readyz?verbose").exchange().text())
        .contains("[+]ping ok\n")
        .contains("info: accepted but not enforced by this server: ")
        .endsWith("readyz check passed\n");
    assertThat(api.get("/livez?verbose").exchange().text()).doesNotContain("info:");
    assertThat(KubeSurface.unservedFeatures())
        .contains("APIService aggregation")
        .doesNotHaveDuplicates();
  }
}
