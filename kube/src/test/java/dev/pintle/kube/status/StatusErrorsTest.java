package dev.pintle.kube.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The refusals as the real server words them.
final class StatusErrorsTest {
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final ResourceType PODS = type("v1", "pods");
  private static final ResourceType DEPLOYMENTS = type("apps/v1", "deployments");
  private static final ResourceType EVENTS = type("events.k8s.io/v1", "events");
  private static final Cause NO_NAME = new Cause("FieldValueRequired", "Required value", "a.name");

  private static ResourceType type(String version, String plural) {
    return requireNonNull(TYPES.resource(GroupVersion.parse(version), plural));
  }

  private static String json(StatusError refusal) {
    return JsonWriter.text(refusal.status().toJson());
  }

  @Test
  void whatIsNotFoundIsNamedByItsResource() {
    assertThat(json(StatusErrors.notFound(PODS, "p")))
        .isEqualTo(
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                + "\"message\":\"pods \\\"p\\\" not found\",\"reason\":\"NotFound\","
                + "\"details\":{\"name\":\"p\",\"kind\":\"pods\"},\"code\":404}");
    assertThat(json(StatusErrors.notFound(DEPLOYMENTS, "d")))
        .contains(
            "\"deployments.apps \\\"d\\\" not found\"",
            "\"details\":{\"name\":\"d\",\"group\":\"apps\",\"kind\":\"deployments\"}");
  }

  /// A deletion that is meant for another object names the kind, where everything else names the resource.
  @Test
  void aPreconditionIsOfAKindAndAConflictOfAResource() {
    assertThat(StatusErrors.preconditionFailed(DEPLOYMENTS, "d", "why").status())
        .isEqualTo(
            new Status(
                409,
                "Conflict",
                "Operation cannot be fulfilled on Deployment.apps \"d\": why",
                Details.of("apps", "Deployment", "d")));
    assertThat(StatusErrors.preconditionFailed(PODS, "p", "why").status().message())
        .isEqualTo("Operation cannot be fulfilled on Pod \"p\": why");
    assertThat(StatusErrors.conflict(DEPLOYMENTS, "d", "why").status())
        .isEqualTo(
            new Status(
                409,
                "Conflict",
                "Operation cannot be fulfilled on deployments.apps \"d\": why",
                Details.of("apps", "deployments", "d")));
  }

  @Test
  void aNameThatIsTakenByWhatIsLeavingIsSaidToBe() {
    assertThat(StatusErrors.beingDeleted(StatusErrors.alreadyExists(PODS, "p")).status())
        .isEqualTo(
            new Status(
                409,
                "AlreadyExists",
                "object is being deleted: pods \"p\" already exists",
                Details.of("", "pods", "p")));
  }

  @Test
  void whoFoundNoNameOfTheirOwnMayTryAgainAfterASecond() {
    assertThat(json(StatusErrors.noUniqueName(PODS, "p-x")))
        .contains(
            "pods \\\"p-x\\\" already exists, the server was not able to generate a unique name for the object",
            "\"kind\":\"pods\",\"retryAfterSeconds\":1}",
            "\"code\":409");
  }

  @Test
  void oneCauseStandsAloneAndSeveralInBrackets() {
    Cause other = new Cause("FieldValueInvalid", "Invalid value: 1: too small", "b");
    assertThat(StatusErrors.invalid(PODS, "p", List.of(NO_NAME)).status().message())
        .isEqualTo("Pod \"p\" is invalid: a.name: Required value");
    assertThat(StatusErrors.invalid(DEPLOYMENTS, "p", List.of(NO_NAME, other)).status().message())
        .isEqualTo(
            "Deployment.apps \"p\" is invalid: [a.name: Required value, b: Invalid value: 1: too small]");
  }

  @Test
  void whatIsToldTwiceIsReadOnceAndCountedTwice() {
    Status status = StatusErrors.invalid(PODS, "p", List.of(NO_NAME, NO_NAME)).status();
    assertThat(status.message()).isEqualTo("Pod \"p\" is invalid: a.name: Required value");
    assertThat(status.details().causes()).hasSize(2);
  }

  @Test
  void eventsOfEveryGroupAreEventsOfTheCore() {
    assertThat(StatusErrors.invalid(EVENTS, "e", List.of(NO_NAME)).status())
        .extracting(Status::message, status -> status.details().group())
        .containsExactly("Event \"e\" is invalid: a.name: Required value", "");
  }

  /// A built-in object is decoded as its kind before it is checked, so what it says of itself does not matter.
  @Test
  void aBuiltInObjectIsNamedByItsTypeWhateverItSays() {
    JsonObject other = new JsonObject().set("kind", "Cat").set("apiVersion", "a/v1");
    assertThat(StatusErrors.invalid(PODS, other, "p", List.of(NO_NAME)).status().message())
        .startsWith("Pod \"p\" is invalid");
  }

  @Test
  void causesEndWhereNobodyReadsOn() {
    String long1 = "x".repeat(600_000);
    List<Cause> causes = new ArrayList<>();
    for (String field : List.of("a", "b", "c", "d")) {
      causes.add(new Cause("FieldValueInvalid", long1, field));
    }
    Status status = StatusErrors.invalid(PODS, "p", causes).status();
    assertThat(status.details().causes()).extracting(Cause::field).containsExactly("a", "b");
    List<Cause> one = List.of(new Cause("FieldValueInvalid", "y".repeat(3_000_000), "a"));
    assertThat(StatusErrors.invalid(PODS, "p", one).status().details().causes()).isEqualTo(one);
  }

  @Test
  void manyShortCausesAreAllTold() {
    List<Cause> many = Collections.nCopies(1_000, NO_NAME);
    assertThat(StatusErrors.invalid(PODS, "p", many).status().details().causes()).hasSize(1_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '' | '' | forbidden: no",
        "'' | pods | '' | pods is forbidden: no",
        "'' | pods | p | pods \"p\" is forbidden: no",
        "apps | deployments | '' | deployments.apps is forbidden: no",
        "apps | deployments | d | deployments.apps \"d\" is forbidden: no"
      })
  void whatIsForbiddenIsNamedAsFarAsItHasAName(
      String group, String resource, String name, String message) {
    assertThat(StatusErrors.forbiddenResource(group, resource, name, "no").status())
        .isEqualTo(new Status(403, "Forbidden", message, Details.of(group, resource, name)));
  }

  @Test
  void aVersionBeyondAllOthersIsShownWithoutASign() {
    assertThat(StatusErrors.futureVersion(-1, 7).status().message())
        .isEqualTo("Timeout: Too large resource version: 18446744073709551615, current: 7");
    assertThat(json(StatusErrors.futureVersion(8, 7)))
        .contains(
            "\"details\":{\"causes\":[{\"reason\":\"ResourceVersionTooLarge\",\"message\":\"Too large resource version\"}],\"retryAfterSeconds\":1}",
            "\"code\":504");
  }

  /// Thrown for every request that is refused: it may not cost what a fault costs.
  @Test
  void aRefusalHasNoStackTrace() {
    StatusError refusal = StatusErrors.badRequest("why");
    assertThat(refusal.getStackTrace()).isEmpty();
    assertThat(refusal).hasMessage("why");
    refusal.addSuppressed(new IllegalStateException("another"));
    assertThat(refusal.getSuppressed()).isEmpty();
  }

  @Test
  void nothingIsSaidWhereNothingIsToBeSaid() {
    assertThat(json(StatusErrors.bare(500, "a text")))
        .isEqualTo(
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"a text\",\"code\":500}");
    assertThat(json(StatusErrors.nothingHere())).contains("\"details\":{},\"code\":404");
    assertThat(json(StatusErrors.badRequest("x"))).doesNotContain("details");
  }

  @Test
  void successHasNoCodeAndNoReason() {
    Details uid = Details.of("", "pods", "p").withUid("u");
    assertThat(JsonWriter.text(Status.success(uid).toJson()))
        .isEqualTo(
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\","
                + "\"details\":{\"name\":\"p\",\"kind\":\"pods\",\"uid\":\"u\"}}");
    assertThat(JsonWriter.text(Status.created().toJson()))
        .isEqualTo(
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\",\"code\":201}");
  }

  @Test
  void aListThatExpiredMayBeGoneOnWith() {
    Status expired = new Status(410, "Expired", "old", Details.NONE, "token");
    assertThat(JsonWriter.text(expired.toJson()))
        .contains("\"metadata\":{\"continue\":\"token\"}", "\"reason\":\"Expired\"");
  }

  @Test
  void causesOfDetailsAreTheirOwn() {
    List<Cause> causes = new ArrayList<>(List.of(NO_NAME));
    Details details = Details.EMPTY.because(causes);
    causes.clear();
    assertThat(details.causes()).containsExactly(NO_NAME);
  }

  @Test
  void aFailureInsideIsToldTwice() {
    assertThat(json(StatusErrors.internal("boom")))
        .contains(
            "\"message\":\"Internal error occurred: boom\"",
            "\"details\":{\"causes\":[{\"message\":\"boom\"}]}",
            "\"code\":500");
  }
}
