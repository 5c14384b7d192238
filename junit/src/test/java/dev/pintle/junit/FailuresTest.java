package dev.pintle.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pintle.embed.PintleServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/// The words about a test that fails, and the faults that one can ask for.
class FailuresTest {
  private static final List<Integer> ANSWERS = new ArrayList<>();

  private final PrintStream usual = System.err;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    ANSWERS.clear();
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setErr(usual);
  }

  private String told() {
    return told.toString(StandardCharsets.UTF_8);
  }

  @PintleTest
  @LoadManifests("crds/")
  static class Failing {
    @Test
    void badLuck(KubernetesClient client) {
      SharedServerTest.make(client, "mine");
      assertThat(SharedServerTest.names(client)).isEmpty();
    }

    @Test
    void fine(KubernetesClient client) {
      assertThat(SharedServerTest.names(client)).isEmpty();
    }

    @Test
    void doesNotApply(KubernetesClient client) {
      assumeThat(SharedServerTest.names(client)).isNotEmpty();
    }
  }

  @Test
  void theRequestsOfAFailedTestArePrinted() {
    Runs.of(Failing.class)
        .testEvents()
        .assertStatistics(all -> all.failed(1).succeeded(1).aborted(1));
    assertThat(told())
        .contains(
            "FailuresTest$Failing.badLuck(KubernetesClient) failed, with the server at https://",
            "The last 2 of",
            "201  create configmaps default/mine")
        .doesNotContain("pintle-junit", "fine", "doesNotApply");
  }

  @PintleTest
  @WithFaults(rate = 0.5, seed = 42, verbs = "get", resource = "namespaces")
  static class Unlucky {
    @BeforeEach
    void prepareInPeace(ApiClient client) throws ApiException {
      for (int i = 0; i < 20; i++) {
        new CoreV1Api(client).readNamespace("default").execute();
      }
    }

    @Test
    void one(ApiClient client) {
      ask(client);
    }

    @Test
    void other(ApiClient client) {
      ask(client);
      assertThat(ANSWERS).isEmpty();
    }

    private static void ask(ApiClient client) {
      for (int i = 0; i < 20; i++) {
        int status = 200;
        try {
          new CoreV1Api(client).readNamespace("default").execute();
        } catch (ApiException refused) {
          status = refused.getCode();
        }
        ANSWERS.add(status);
      }
    }
  }

  @Test
  void faultsAreMetInTheTestAloneAndAgainByTheSameSeed() {
    EngineExecutionResults run = Runs.of(Unlucky.class);
    run.testEvents().assertStatistics(all -> all.failed(1).succeeded(1));
    assertThat(ANSWERS).hasSize(40).contains(200).anyMatch(status -> status >= 500);
    assertThat(ANSWERS.subList(0, 20)).isEqualTo(ANSWERS.subList(20, 40));
    assertThat(told()).contains("Requests met chaos with seed 42");
  }

  @PintleTest
  static class Impossible {
    @Test
    @WithFaults(rate = 2)
    void never(PintleServer server) {
      assertThat(server).isNull();
    }
  }

  @Test
  void aRateIsNoMoreThanOne() {
    Failures.only(Runs.of(Impossible.class)).contains("@WithFaults: rate:");
  }
}
