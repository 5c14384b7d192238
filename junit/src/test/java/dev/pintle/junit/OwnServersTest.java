package dev.pintle.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.embed.PintleServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/// The servers of tests that have one of their own, and their end.
class OwnServersTest {
  private static final Map<String, String> PARALLEL =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

  private static final Set<URI> SEEN = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  @PintleTest(server = ServerPer.METHOD)
  static class PerMethod {
    private final PintleServer ofConstructor;

    PerMethod(PintleServer server) {
      ofConstructor = server;
    }

    @BeforeEach
    void prepare(PintleServer server, KubernetesClient client) {
      assertThat(ofConstructor).isSameAs(server);
      SharedServerTest.make(client, "a");
    }

    @Test
    void one(PintleServer server) {
      assertThat(SEEN.add(server.url())).isTrue();
    }

    @Test
    void two(PintleServer server) {
      assertThat(SEEN.add(server.url())).isTrue();
    }
  }

  @Test
  void eachMethodHasOneWhereThatIsAskedFor() {
    Runs.of(PerMethod.class).testEvents().assertStatistics(all -> all.succeeded(2));
    assertThat(SEEN).hasSize(2);
  }

  @PintleTest
  @Execution(ExecutionMode.CONCURRENT)
  static class AtOnce {
    private static final CyclicBarrier ALL = new CyclicBarrier(3);

    @Test
    void one(PintleServer server, KubernetesClient client) throws Exception {
      use(server, client);
    }

    @Test
    void two(PintleServer server, KubernetesClient client) throws Exception {
      use(server, client);
    }

    @Nested
    class Within {
      @Test
      void three(PintleServer server, KubernetesClient client) throws Exception {
        use(server, client);
      }
    }

    private static void use(PintleServer server, KubernetesClient client) throws Exception {
      assertThat(SEEN.add(server.url())).isTrue();
      ALL.await(30, TimeUnit.SECONDS);
      SharedServerTest.make(client, "mine");
      ALL.await(30, TimeUnit.SECONDS);
      assertThat(SharedServerTest.names(client)).containsExactly("mine");
    }
  }

  @Test
  void testsThatRunAtOnceHaveEachTheirOwn() {
    Runs.of(PARALLEL, AtOnce.class).testEvents().assertStatistics(all -> all.succeeded(3));
    assertThat(SEEN).hasSize(3);
  }

  @PintleTest
  @Execution(ExecutionMode.CONCURRENT)
  static class AtOnceFromOne {
    private static final CyclicBarrier ALL = new CyclicBarrier(3);

    @BeforeAll
    static void prepare(KubernetesClient client, PintleServer server) {
      SEEN.add(server.url());
      SharedServerTest.make(client, "first");
    }

    @Test
    void one(PintleServer server, KubernetesClient client) throws Exception {
      use(server, client);
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void two(KubernetesClient client) {
      SharedServerTest.make(client, "alone");
    }

    @Test
    void three(PintleServer server, KubernetesClient client) throws Exception {
      use(server, client);
    }

    @Nested
    class Within {
      @Test
      void four(PintleServer server, KubernetesClient client) throws Exception {
        use(server, client);
      }
    }

    private static void use(PintleServer server, KubernetesClient client) throws Exception {
      assertThat(SEEN.add(server.url())).isTrue();
      ALL.await(30, TimeUnit.SECONDS);
      assertThat(SharedServerTest.names(client)).containsExactly("first");
      SharedServerTest.make(client, "mine");
      ALL.await(30, TimeUnit.SECONDS);
      assertThat(SharedServerTest.names(client)).containsExactly("first", "mine");
      server.reset();
      assertThat(SharedServerTest.names(client)).containsExactly("first");
    }
  }

  @Test
  void testsThatRunAtOnceBeginWithWhatBeforeAllMade() {
    Runs.of(PARALLEL, AtOnceFromOne.class).testEvents().assertStatistics(all -> all.succeeded(4));
    assertThat(SEEN).hasSize(4);
  }

  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @PintleTest
  @WithoutControllers
  @interface Bare {}

  @Bare
  abstract static class Base {
    @Test
    void nobodyMakesAccounts(KubernetesClient client, PintleServer server) {
      SEEN.add(server.url());
      assertThat(client.serviceAccounts().inAnyNamespace().list().getItems()).isEmpty();
    }
  }

  static class First extends Base {}

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class Second extends Base {
    Second(PintleServer server) {
      SEEN.add(server.url());
    }

    @BeforeAll
    void notStaticHere(PintleServer server) {
      SEEN.add(server.url());
    }

    @Nested
    @WithoutControllers("namespace-controller")
    class WithOthers {
      @Test
      void theNearestCounts(KubernetesClient client) {
        assertThat(client.serviceAccounts().inNamespace("default").list().getItems()).hasSize(1);
      }
    }
  }

  @Test
  void annotationsComeFromAnnotationsAndSuperclasses() {
    Runs.of(First.class, Second.class).testEvents().assertStatistics(all -> all.succeeded(3));
    assertThat(SEEN).hasSize(2);
  }

  static class InFields {
    @RegisterExtension
    static final PintleExtension SHARED =
        PintleExtension.builder().manifests("crds/").withoutControllers().build();

    @Test
    void theFieldKnowsTheServer(PintleServer server, KubernetesClient client) {
      assertThat(SHARED.server()).isSameAs(server);
      assertThat(client.serviceAccounts().inAnyNamespace().list().getItems()).isEmpty();
      assertThat(client.genericKubernetesResources("sail.example/v1", "Boat").list().getItems())
          .hasSize(1);
    }
  }

  static class InInstanceFields {
    @RegisterExtension
    final PintleExtension own = PintleExtension.builder().definitions(Boat.class).build();

    @Test
    void one(PintleServer server, KubernetesClient client) {
      use(server, client);
    }

    @Test
    void two(PintleServer server, KubernetesClient client) {
      use(server, client);
    }

    private void use(PintleServer server, KubernetesClient client) {
      SEEN.add(server.url());
      assertThat(own.server()).isSameAs(server);
      client.resource(Boat.of("a", 1)).inNamespace("default").create();
    }
  }

  @Test
  void anExtensionInAFieldMayAskForMore() {
    Runs.of(InFields.class).testEvents().assertStatistics(all -> all.succeeded(1));
    Runs.of(InInstanceFields.class).testEvents().assertStatistics(all -> all.succeeded(2));
    assertThat(SEEN).hasSize(2);
  }

  @PintleTest(server = ServerPer.METHOD)
  static class TooEarly {
    @BeforeAll
    static void prepare(KubernetesClient client) {
      client.namespaces().list();
    }

    @Test
    void never() {}
  }

  @Test
  void beforeAllMethodsThereIsNoServerOfAMethod() {
    EngineExecutionResults run = Runs.of(TooEarly.class);
    Failures.only(run)
        .contains("no server here", "ServerPer.METHOD", "@BeforeEach", "KubernetesClient");
  }

  @Test
  void noServerIsLeft() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Runs.of(PARALLEL, AtOnce.class, PerMethod.class, InFields.class);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("wire-") || name.startsWith("kube-"));
  }
}
