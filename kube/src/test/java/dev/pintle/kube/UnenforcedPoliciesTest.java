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
final class UnenforcedPoliciesTest {
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String QUOTAS = "/api/v1/namespaces/default/resourcequotas";
  private static final String QUOTA =
      "{\"apiVersion\":\"v1\",\"kind\":\"ResourceQuota\",\"metadata\":{\"name\":\"%s\",\"labels\":{\"a\":\"%s\"}},\"spec\":{\"hard\":{\"pods\":\"1\"}}}";
  private static final String NO_QUOTA =
      "299 - \"ResourceQuota has no effect: this server does not enforce quotas\"";
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String LABEL = "\"pod-security.kubernetes.io/enforce\":\"restricted\"";
  private static final String NO_STANDARDS =
      "299 - \"pod-security.kubernetes.io labels have no effect: this server does not enforce the Pod Security Standards\"";

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
  void everyWriteOfAQuotaIsWarnedOf() throws InterruptedException {
    String one = QUOTAS + "/q";
    assertThat(warnings(api.post(QUOTAS, QUOTA.formatted("q", "b")))).containsExactly(NO_QUOTA);
    assertThat(warnings(api.post(QUOTAS + "?dryRun=All", QUOTA.formatted("r", "b"))))
        .containsExactly(NO_QUOTA);
    assertThat(warnings(api.put(one, QUOTA.formatted("q", "c")))).containsExactly(NO_QUOTA);
    for (String type : List.of(MERGE, STRATEGIC)) {
      assertThat(warnings(api.patch(one, type, "{\"metadata\":{\"labels\":{\"a\":\"d\"}}}")))
          .containsExactly(NO_QUOTA);
    }
    assertThat(
            warnings(
                api.patch(
                    one,
                    JSON_PATCH,
                    "[{\"op\":\"replace\",\"path\":\"/metadata/labels/a\",\"value\":\"e\"}]")))
        .containsExactly(NO_QUOTA);
    assertThat(
            warnings(
                api.patch(one + "?fieldManager=f&force=true", APPLY, QUOTA.formatted("q", "f"))))
        .containsExactly(NO_QUOTA);
    assertThat(
            warnings(api.patch(QUOTAS + "/new?fieldManager=f", APPLY, QUOTA.formatted("new", "g"))))
        .containsExactly(NO_QUOTA);
    assertThat(warnings(api.get(one))).isEmpty();
    assertThat(warnings(api.delete(one))).isEmpty();
  }

  @Test
  void whatIsRefusedIsNotWarnedOf() throws InterruptedException {
    Answer refused =
        api.post(QUOTAS, "{\"metadata\":{\"name\":\"A_B\"},\"spec\":{\"hard\":{\"pods\":\"1\"}}}");

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.exchange().answerHeaders("warning")).isEmpty();
  }

  @Test
  void aNamespaceIsWarnedOfForItsLabelsAlone() throws InterruptedException {
    assertThat(warnings(api.post(NAMESPACES, "{\"metadata\":{\"name\":\"plain\"}}"))).isEmpty();
    assertThat(
            warnings(
                api.post(
                    NAMESPACES, "{\"metadata\":{\"name\":\"held\",\"labels\":{" + LABEL + "}}}")))
        .containsExactly(NO_STANDARDS);
    assertThat(
            warnings(
                api.patch(
                    NAMESPACES + "/plain",
                    MERGE,
                    "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/warn\":\"baseline\"}}}")))
        .containsExactly(NO_STANDARDS);
    assertThat(
            warnings(
                api.patch(
                    NAMESPACES + "/plain",
                    MERGE,
                    "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/warn\":null}}}")))
        .isEmpty();
  }

  @Test
  void readinessNamesThemToWhoeverWantsToKnowMore() throws InterruptedException {
    assertThat(api.get("/readyz").exchange().text()).isEqualTo("ok");
    assertThat(api.get("/readyz?verbose").exchange().text())
        .contains("[+]ping ok\n")
        .contains("info: accepted but not enforced by this server: PodSecurity, ")
        .endsWith("readyz check passed\n");
    assertThat(api.get("/livez?verbose").exchange().text()).doesNotContain("info:");
    assertThat(KubeSurface.unenforcedPolicies())
        .contains("PodSecurity", "ResourceQuota", "ValidatingWebhookConfiguration")
        .doesNotHaveDuplicates();
  }
}
