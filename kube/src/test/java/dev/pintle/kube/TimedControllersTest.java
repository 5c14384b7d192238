package dev.pintle.kube;

import static dev.pintle.kube.Api.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What goes by itself once its time is over.
final class TimedControllersTest {
  private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final VirtualTime time = new VirtualTime(START);
  private final Api api =
      new Api(
          KubeConfig.DEFAULT
              .withControllers(ControllerSelection.ALL)
              .withControllerTime(time.forControllers()));

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void job(String name, String ttl) throws InterruptedException {
    Api.Answer made =
        api.post(
            JOBS,
            """
            {"metadata":{"name":"%s"},"spec":{%s"template":{"spec":{"restartPolicy":"Never",
            "containers":[{"name":"c","image":"i"}]}}}}
            """
                .formatted(name, ttl));
    assertThat(made.code()).as(made.message()).isEqualTo(201);
  }

  private void complete(String name) throws InterruptedException {
    complete(name, "2029-12-31T23:59:50Z");
  }

  private void complete(String name, String finished) throws InterruptedException {
    Api.Answer told =
        api.patch(
            JOBS + "/" + name + "/status",
            MERGE,
            """
            {"status":{"startTime":"2029-12-31T23:00:00Z","completionTime":"2029-12-31T23:59:50Z","conditions":[
            {"type":"SuccessCriteriaMet","status":"True","lastTransitionTime":"2029-12-31T23:59:50Z"},
            {"type":"Complete","status":"True","lastTransitionTime":"%s"}]}}
            """
                .formatted(finished));
    assertThat(told.code()).as(told.message()).isEqualTo(200);
  }

  @Test
  void aFinishedJobGoesAtTheInstantThatItsTimeIsOver() throws InterruptedException {
    job("kept", "");
    job("running", "\"ttlSecondsAfterFinished\":1,");
    job("j", "\"ttlSecondsAfterFinished\":100,");
    complete("kept");
    complete("j");
    Instant end = Instant.parse("2029-12-31T23:59:50Z").plusSeconds(100);
    time.awaitPlanned(end);
    time.goTo(end.minusNanos(1));
    assertThat(time.plannedAt(end)).isEqualTo(1);
    assertThat(api.get(JOBS + "/j").exchange().text()).doesNotContain("deletionTimestamp");
    time.goTo(end);
    api.until(JOBS + "/j", answer -> answer.code() == 404);
    assertThat(api.get(JOBS + "/kept").code()).isEqualTo(200);
    assertThat(api.get(JOBS + "/running").code()).isEqualTo(200);
  }

  @Test
  void aJobThatEndsInAgesIsLookedAtEachDay() throws InterruptedException {
    job("j", "\"ttlSecondsAfterFinished\":2147483647,");
    // Others look at something each day of the start.
    time.goTo(START.plusSeconds(1));
    complete("j", "9999-12-31T00:00:00Z");
    time.awaitPlanned(START.plusSeconds(1).plus(Duration.ofDays(1)));
    assertThat(api.get(JOBS + "/j").exchange().text()).doesNotContain("deletionTimestamp");
  }

  @Test
  void aJobThatIsGivenMoreTimeHasIt() throws InterruptedException {
    job("j", "\"ttlSecondsAfterFinished\":100,");
    complete("j");
    Instant end = Instant.parse("2029-12-31T23:59:50Z").plusSeconds(100);
    time.awaitPlanned(end);
    api.patch(JOBS + "/j", MERGE, "{\"spec\":{\"ttlSecondsAfterFinished\":1000}}");
    time.goTo(end);
    time.awaitPlanned(end.plusSeconds(900));
    assertThat(api.get(JOBS + "/j").exchange().text()).doesNotContain("deletionTimestamp");
    api.patch(JOBS + "/j", MERGE, "{\"spec\":{\"ttlSecondsAfterFinished\":0}}");
    api.until(JOBS + "/j", answer -> answer.code() == 404);
  }
}
