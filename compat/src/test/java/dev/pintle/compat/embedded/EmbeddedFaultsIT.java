package dev.pintle.compat.embedded;

import static dev.pintle.embed.PintleAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.compat.harness.HeardMaps;
import dev.pintle.embed.PintleServer;
import dev.pintle.embed.faults.Chaos;
import dev.pintle.embed.faults.Fault;
import dev.pintle.embed.requests.ReceivedRequest;
import dev.pintle.embed.requests.RequestFilter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What fabric8's client makes of the faults that a test asks for.
class EmbeddedFaultsIT {
  private static final int SECONDS_MAX = 30;
  private static final RequestFilter MAPS = RequestFilter.any().resource("configmaps");
  private static final RequestFilter WATCHES = MAPS.verb("watch");

  private PintleServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server = PintleServer.builder().start();
    Config config = Config.fromKubeconfig(server.kubeconfig());
    config.setWatchReconnectInterval(50);
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void anInformerSeesAllObjectsWhateverBefallsItsWatches() throws Exception {
    server.faults().add(Fault.lostBookmarks().on(WATCHES).times(1));
    server.faults().add(Fault.cutWatch(1).on(WATCHES).times(1));
    server.faults().add(Fault.expired().on(WATCHES).times(1));
    HeardMaps heard = HeardMaps.withoutUpdates();
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("default").inform(heard)) {
      create("a");
      assertThat(heard.next()).isEqualTo("added a value");
      assertThat(server).receivesWithin(Duration.ofSeconds(SECONDS_MAX), WATCHES);
      // The watch without bookmarks ends; the next has one event, and breaks at the second; the one
      // after that is told that
      // its version is gone.
      assertThat(server.faults().cutWatches(WATCHES)).isEqualTo(1);
      create("b");
      assertThat(heard.next()).isEqualTo("added b value");
      create("c");
      assertThat(heard.next()).isEqualTo("added c value");
      create("d");
      assertThat(heard.next()).isEqualTo("added d value");
      client.configMaps().inNamespace("default").withName("a").delete();
      assertThat(heard.next()).isEqualTo("deleted a value");
      assertThat(informer.getStore().listKeys())
          .contains("default/b", "default/c", "default/d")
          .doesNotContain("default/a");
      assertThat(informer.isRunning()).isTrue();
    }
    assertThat(server).metAllFaults();
  }

  /// How long the client waits is its own affair.
  @Test
  void tooManyRequestsAreTriedAgain() {
    create("a");
    RequestFilter gets = MAPS.verb("get").name("a");
    server.faults().add(Fault.tooManyRequests(Duration.ofSeconds(2)).on(gets).times(1));
    assertThat(client.configMaps().inNamespace("default").withName("a").get()).isNotNull();
    assertThat(server.requests().matching(gets))
        .extracting(ReceivedRequest::status)
        .containsExactly(429, 200);
    assertThat(server).metAllFaults();
  }

  @Test
  void whoseAnswerWasLostLearnsThatItWasDone() {
    server.faults().add(Fault.cutAfterEffect().on(MAPS.verb("create").name("a")).times(1));
    // The client sends it again, and what it made itself is in the way.
    assertThatThrownBy(() -> create("a"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(409));
    List<ReceivedRequest> creates = server.requests().matching(MAPS.verb("create").name("a"));
    assertThat(creates).extracting(ReceivedRequest::status).containsExactly(0, 409);
    assertThat(creates.getFirst().after()).isPresent();
    assertThat(client.configMaps().inNamespace("default").withName("a").get()).isNotNull();
  }

  @Test
  void aConflictOfAnEditIsTriedAgainByItsCaller() {
    create("a");
    server.faults().add(Fault.conflict().on(MAPS.verb("update").name("a")).times(1));
    ConfigMap there = client.configMaps().inNamespace("default").withName("a").get();
    assertThatThrownBy(() -> client.resource(there).update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> {
              assertThat(refused.getCode()).isEqualTo(409);
              assertThat(refused.getStatus().getReason()).isEqualTo("Conflict");
            });
    assertThat(client.resource(there).update()).isNotNull();
    assertThat(server).metAllFaults();
  }

  @Test
  void anInformerIsRightAfterChaos() throws Exception {
    server.faults().start(Chaos.seeded(21).withEverything(0.4).on(MAPS.verb("list", "watch")));
    HeardMaps heard = HeardMaps.withoutUpdates();
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("default").runnableInformer(0)) {
      informer.addEventHandler(heard);
      informer.exceptionHandler((_, _) -> true);
      var _ = informer.start();
      Set<String> waited = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        create("m" + i);
        waited.add("added m%d value".formatted(i));
        server.faults().cutWatches(WATCHES);
      }
      while (!waited.isEmpty()) {
        String event = heard.next();
        assertThat(event).isNotEqualTo("nothing");
        waited.remove(event);
      }
    }
    assertThat(server.requests().matching(MAPS)).anyMatch(request -> !request.fault().isEmpty());
  }

  private void create(String name) {
    client.resource(HeardMaps.map(name, "value")).inNamespace("default").create();
  }
}
