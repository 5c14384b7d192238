package dev.pintle.compat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.KubeClient.Answer;
import dev.pintle.compat.harness.RealKube;
import dev.pintle.compat.harness.RunningPintle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Addresses and node ports of services that the real API server and Pintle give at once, over one store: neither gives what the
/// other has given.
class SharedNumbersIT {
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String ADDRESSES = "/apis/networking.k8s.io/v1/ipaddresses";
  private static final int EACH = 40;
  private static final String TAKEN = "provided port is already allocated";

  @TempDir private Path data;
  private RunningPintle pintle;
  private KubeClient ours;
  private RealKube real;

  @BeforeEach
  void start() {
    pintle =
        RunningPintle.alone(
            data.resolve("pintle"), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
    ours = KubeClient.of(pintle);
    real = RealKube.over(pintle.etcd(), data.resolve("real"));
  }

  @AfterEach
  void stop() {
    if (real != null) {
      real.close();
    }
    if (ours != null) {
      ours.close();
    }
    if (pintle != null) {
      pintle.close();
    }
  }

  private static Answer create(KubeClient client, String name, String port) {
    return client.post(
        SERVICES,
        """
        {"metadata":{"name":"%s"},
         "spec":{"type":"NodePort","selector":{"a":"b"},"ports":[{"port":80%s}]}}
        """
            .formatted(name, port));
  }

  private static Answer create(KubeClient client, String name, int port) {
    return create(client, name, ",\"nodePort\":" + port);
  }

  private static int port(JsonNode service) {
    return service.path("spec").path("ports").get(0).path("nodePort").asInt();
  }

  private static String address(JsonNode service) {
    return service.path("spec").path("clusterIP").asString();
  }

  /// Makes services one after the other.
  private static Thread making(KubeClient client, String prefix, List<Answer> answers) {
    return Thread.ofPlatform()
        .start(() -> {
          for (int i = 0; i < EACH; i++) {
            answers.add(create(client, prefix + i, ""));
          }
        });
  }

  private void requireOwned(JsonNode service) {
    for (KubeClient client : List.of(ours, real.client())) {
      JsonNode parent =
          client.get(ADDRESSES + "/" + address(service)).json().path("spec").path("parentRef");
      assertThat(parent.path("name").asString())
          .isEqualTo(service.path("metadata").path("name").asString());
    }
  }

  @Test
  void whatOneGivesAtTheSameTimeAsTheOtherIsNeverTheSame() throws InterruptedException {
    List<Answer> byUs = new ArrayList<>();
    List<Answer> byThem = new ArrayList<>();
    Thread we = making(ours, "ours-", byUs);
    Thread they = making(real.client(), "real-", byThem);
    we.join();
    they.join();

    List<Answer> all = new ArrayList<>(byUs);
    all.addAll(byThem);
    Set<Integer> ports = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    for (Answer answer : all) {
      assertThat(answer.code()).as(answer.text()).isEqualTo(201);
      assertThat(ports.add(port(answer.json()))).as(answer.text()).isTrue();
      assertThat(addresses.add(address(answer.json()))).as(answer.text()).isTrue();
      requireOwned(answer.json());
    }
    assertThat(ports).hasSize(2 * EACH).allMatch(port -> port >= 30_000 && port <= 32_767);
  }

  @Test
  void neitherGivesWhatTheOtherHasUntilItIsGone() {
    JsonNode byUs = create(ours, "ours", "").json();
    JsonNode byThem = create(real.client(), "real", "").json();
    for (KubeClient client : List.of(ours, real.client())) {
      for (JsonNode service : List.of(byUs, byThem)) {
        Answer refused = create(client, "again", port(service));
        assertThat(refused.code()).as(refused.text()).isEqualTo(422);
        assertThat(refused.message()).contains(TAKEN);
      }
    }
    // Each takes back what the other gave.
    remove(ours, byThem);
    remove(real.client(), byUs);
    assertThat(create(real.client(), "real-again", port(byUs)).code()).isEqualTo(201);
    assertThat(create(ours, "ours-again", port(byThem)).code()).isEqualTo(201);
  }

  private void remove(KubeClient client, JsonNode service) {
    String name = service.path("metadata").path("name").asString();
    assertThat(client.send("DELETE", SERVICES + "/" + name, KubeClient.JSON, "").code())
        .isEqualTo(200);
    assertThat(ours.get(ADDRESSES + "/" + address(service)).code()).isEqualTo(404);
  }

  @Test
  void aRealServerThatComesLaterTakesOverWhatPintleGaveAndTheOtherWayRound() {
    JsonNode byUs = create(ours, "ours", "").json();
    JsonNode byThem = create(real.client(), "real", "").json();
    real.close();
    real = RealKube.over(pintle.etcd(), data.resolve("later"));
    assertThat(create(real.client(), "again", port(byUs)).message()).contains(TAKEN);
    ours.close();
    assertThat(pintle.child().terminate()).isEqualTo(143);
    real.close();
    start();
    assertThat(create(ours, "again", port(byThem)).message()).contains(TAKEN);
    assertThat(create(real.client(), "again", port(byThem)).message()).contains(TAKEN);
    requireOwned(byUs);
    requireOwned(byThem);
  }
}
