package dev.pintle.kube.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiApprovalTest {
  private static JsonObject annotated(String annotation) {
    return new JsonObject()
        .set(
            "metadata",
            new JsonObject()
                .set("annotations", new JsonObject().set(ApiApproval.ANNOTATION, annotation)));
  }

  @ParameterizedTest
  @CsvSource({
    "k8s.io, true",
    "x.k8s.io, true",
    "a.b.k8s.io, true",
    "kubernetes.io, true",
    "x.kubernetes.io, true",
    "xk8s.io, false",
    "k8s.io.example.com, false",
    "example.com, false",
    "io, false"
  })
  void theCommunityKeepsItsDomainsAndWhatIsBelowThem(String group, boolean kept) {
    assertThat(ApiApproval.isProtected(group)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/a/b/pull/1, APPROVED",
    "http://a, APPROVED",
    "unapproved, BYPASSED",
    "unapproved because, BYPASSED",
    "Unapproved, INVALID",
    "approved, INVALID",
    "/a/b, INVALID",
    "https:///a, INVALID",
    "mailto:a@example.com, INVALID",
    "https://a b, INVALID",
    "'', MISSING"
  })
  void anApprovalIsAnAddressOrSaysThatThereIsNone(String annotation, ApiApproval.State state) {
    assertThat(ApiApproval.state(annotated(annotation))).isEqualTo(state);
  }

  @Test
  void onlyWhatIsApprovedConforms() {
    for (ApiApproval.State state : ApiApproval.State.values()) {
      assertThat(state.conformant()).isEqualTo(state == ApiApproval.State.APPROVED);
    }
  }

  @Test
  void whatIsNotAnnotatedAtAllIsMissingItsApproval() {
    JsonObject bare = new JsonObject();

    assertThat(ApiApproval.state(bare)).isEqualTo(ApiApproval.State.MISSING);
    assertThat(ApiApproval.message(bare))
        .isEqualTo(
            "protected groups must have approval annotation \"api-approved.kubernetes.io\", see"
                + " https://github.com/kubernetes/enhancements/pull/1111");
  }

  @Test
  void whatIsToldQuotesWhatWasWritten() {
    assertThat(ApiApproval.message(annotated("unapproved \"yet\"")))
        .isEqualTo("not approved: \"unapproved \\\"yet\\\"\"");
    assertThat(ApiApproval.message(annotated("https://a/b"))).isEqualTo("approved in https://a/b");
  }
}
