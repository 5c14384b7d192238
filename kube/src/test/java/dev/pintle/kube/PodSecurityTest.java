package dev.pintle.kube;

import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.STRATEGIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a namespace's labels promise of its pods, on every road. The whole of it is held against the real server elsewhere.
final class PodSecurityTest {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String HELD = NAMESPACES + "/held";
  private static final String PODS = HELD + "/pods";
  private static final String CONTAINER = "{\"name\":\"c\",\"image\":\"i\"%s}";
  private static final String PORT = ",\"ports\":[{\"containerPort\":80,\"hostPort\":80}]";
  private static final String BASELINE_PORT =
      "PodSecurity \"baseline:latest\": hostPort (container \"c\" uses hostPort 80)";

  private final Api api = new Api();

  @BeforeEach
  void start() throws InterruptedException {
    api.post(NAMESPACES, "{\"metadata\":{\"name\":\"held\"}}");
    api.post(HELD + "/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Answer label(String mode, String value) throws InterruptedException {
    return api.patch(
        HELD,
        MERGE,
        "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/%s\":\"%s\"}}}"
            .formatted(mode, value));
  }

  private Answer pod(String name, String more) throws InterruptedException {
    return api.post(PODS, podText(name, more));
  }

  private static String podText(String name, String more) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"containers\":[%s]}}"
        .formatted(name, CONTAINER.formatted(more));
  }

  private static List<String> warnings(Answer answer) {
    assertThat(answer.code()).as(answer.exchange().text()).isBetween(200, 201);
    return answer.exchange().answerHeaders("warning");
  }

  private static String warning(String text) {
    return "299 - \"" + text.replace("\"", "\\\"") + "\"";
  }

  @Test
  void aNamespaceWithoutLabelsTakesEveryPod() throws InterruptedException {
    assertThat(warnings(pod("p", PORT))).isEmpty();
  }

  @Test
  void whatIsEnforcedIsRefusedOnEveryRoad() throws InterruptedException {
    pod("there", PORT);
    label("enforce", "baseline");

    Answer refused = pod("p", PORT);
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message()).isEqualTo("pods \"p\" is forbidden: violates " + BASELINE_PORT);
    assertThat(refused.reason()).isEqualTo("Forbidden");
    assertThat(refused.exchange().answerHeaders("warning")).isEmpty();
    assertThat(api.post(PODS + "?dryRun=All", podText("p", PORT)).code()).isEqualTo(403);
    assertThat(
            api.patch(
                    PODS + "/p?fieldManager=f",
                    "application/apply-patch+yaml",
                    podText("p", PORT)
                        .replaceFirst("\\{", "{\"apiVersion\":\"v1\",\"kind\":\"Pod\","))
                .code())
        .isEqualTo(403);
    String one = PODS + "/there";
    assertThat(warnings(api.patch(one, MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")))
        .isEmpty();
    assertThat(warnings(api.patch(one + "/status", MERGE, "{\"status\":{\"phase\":\"Failed\"}}")))
        .isEmpty();
    assertThat(
            api.patch(
                    one,
                    STRATEGIC,
                    "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"j\"}]}}")
                .message())
        .isEqualTo("pods \"there\" is forbidden: violates " + BASELINE_PORT);
    assertThat(
            api.patch(
                    one + "/ephemeralcontainers",
                    STRATEGIC,
                    "{\"spec\":{\"ephemeralContainers\":[{\"name\":\"e\",\"image\":\"j\"}]}}")
                .code())
        .isEqualTo(403);
    assertThat(api.delete(one).code()).isEqualTo(200);
    assertThat(warnings(pod("p", ""))).isEmpty();
  }

  @Test
  void whatIsWarnedOfIsLetIn() throws InterruptedException {
    label("warn", "baseline");
    label("audit", "baseline");

    assertThat(warnings(pod("p", PORT))).containsExactly(warning("would violate " + BASELINE_PORT));
  }

  @Test
  void whoMakesATemplateIsWarnedOfWhatItsPodsWouldMeet() throws InterruptedException {
    label("enforce", "baseline");
    String template =
        "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"restartPolicy\":\"%s\",\"containers\":[%s]}}";
    String always = template.formatted("Always", CONTAINER.formatted(PORT));
    String never = template.formatted("Never", CONTAINER.formatted(PORT));
    String selector = "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},";
    String metadata = "{\"metadata\":{\"name\":\"x\"},";
    String spec = metadata + "\"spec\":{%s}}";
    String apps = "/apis/apps/v1/namespaces/held/";
    String batch = "/apis/batch/v1/namespaces/held/";
    String cron = "\"schedule\":\"* * * * *\",\"jobTemplate\":{\"spec\":{" + never + "}}";
    String expected = warning("would violate " + BASELINE_PORT);

    for (String plural : List.of("deployments", "replicasets", "statefulsets", "daemonsets")) {
      assertThat(warnings(api.post(apps + plural, spec.formatted(selector + always))))
          .containsExactly(expected);
    }
    assertThat(
            warnings(
                api.post(
                    HELD + "/replicationcontrollers",
                    spec.formatted("\"selector\":{\"a\":\"b\"}," + always))))
        .containsExactly(expected);
    assertThat(warnings(api.post(HELD + "/podtemplates", metadata + always + "}")))
        .containsExactly(expected);
    assertThat(warnings(api.post(batch + "jobs", spec.formatted(never)))).containsExactly(expected);
    assertThat(warnings(api.post(batch + "cronjobs", spec.formatted(cron))))
        .containsExactly(expected);
    String one = apps + "deployments/x";
    assertThat(warnings(api.patch(one, MERGE, "{\"metadata\":{\"labels\":{\"c\":\"d\"}}}")))
        .containsExactly(expected);
    assertThat(warnings(api.patch(one + "/scale", MERGE, "{\"spec\":{\"replicas\":2}}"))).isEmpty();
  }

  @Test
  void labelsMustNameLevelsAndVersions() throws InterruptedException {
    Answer wrong = label("enforce", "strict");

    assertThat(wrong.code()).isEqualTo(422);
    assertThat(wrong.message())
        .isEqualTo(
            "Namespace \"held\" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"strict\": must be one of privileged, baseline, restricted");
    assertThat(label("warn-version", "v1.01").message())
        .endsWith("Invalid value: \"v1.01\": must be \"latest\" or \"v1.x\"");
    assertThat(label("warn-version", "v1.99").code()).isEqualTo(200);
    assertThat(
            api.post(
                    NAMESPACES,
                    "{\"metadata\":{\"name\":\"n\",\"labels\":{\"pod-security.kubernetes.io/audit\":\"\"}}}")
                .code())
        .isEqualTo(422);
  }

  @Test
  void whoMakesANamespaceStricterHearsOfThePodsThatAreThere() throws InterruptedException {
    pod("b", PORT);
    pod("a", PORT);
    pod("good", "");

    assertThat(warnings(label("enforce", "baseline")))
        .containsExactly(
            warning(
                "existing pods in namespace \"held\" violate the new PodSecurity enforce level \"baseline:latest\""),
            warning("a (and 1 other pod): hostPort"));
    assertThat(warnings(label("audit", "restricted"))).isEmpty();
    assertThat(warnings(label("enforce", "privileged"))).isEmpty();
  }

  @Test
  void whatIsDecidedIsCounted() throws InterruptedException {
    pod("a", "");
    label("enforce", "baseline");
    label("enforce-version", "v1.99");
    pod("b", PORT);

    String metrics = api.get("/metrics").exchange().text();
    assertThat(metrics)
        .contains(
            "pod_security_evaluations_total{decision=\"allow\",mode=\"enforce\",policy_level=\"privileged\",policy_version=\"latest\",request_operation=\"create\",resource=\"pod\",subresource=\"\"} 1\n")
        .contains(
            "pod_security_evaluations_total{decision=\"deny\",mode=\"enforce\",policy_level=\"baseline\",policy_version=\"future\",request_operation=\"create\",resource=\"pod\",subresource=\"\"} 1\n")
        .contains(
            "pod_security_exemptions_total{request_operation=\"create\",resource=\"pod\",subresource=\"\"} 0\n");
  }
}
