package dev.pintle.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.embed.PintleServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;

/// One server for all tests of a class: each test begins where the first began.
@PintleTest
@TestMethodOrder(MethodOrderer.MethodName.class)
class SharedServerTest {
  private static final List<PintleServer> SEEN = new CopyOnWriteArrayList<>();

  private final PintleServer ofConstructor;

  SharedServerTest(PintleServer server) {
    ofConstructor = server;
  }

  static ConfigMap configMap(String name) {
    return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  static List<String> names(KubernetesClient client) {
    return client.configMaps().inNamespace("default").list().getItems().stream()
        .map(each -> each.getMetadata().getName())
        .filter(name -> !name.equals("kube-root-ca.crt"))
        .toList();
  }

  static void make(KubernetesClient client, String name) {
    client.resource(configMap(name)).inNamespace("default").create();
  }

  @BeforeAll
  static void makeWhatAllHave(KubernetesClient client, PintleServer server) {
    SEEN.clear();
    SEEN.add(server);
    make(client, "of-all");
  }

  @BeforeEach
  void makeWhatEachHas(KubernetesClient client) {
    assertThat(names(client)).contains("of-all").doesNotContain("of-each", "mine");
    make(client, "of-each");
  }

  @AfterEach
  void theServerIsTheSame(PintleServer server, TestInfo test) {
    SEEN.add(server);
    assertThat(SEEN).as(test.getDisplayName()).containsOnly(server);
    assertThat(ofConstructor).isSameAs(server);
  }

  @RepeatedTest(3)
  void whatATestMakesTheNextDoesNotSee(KubernetesClient client) {
    assertThat(names(client)).containsExactly("of-all", "of-each");
    client.configMaps().inNamespace("default").withName("of-all").delete();
    make(client, "mine");
  }

  /// Some tests close what they were given, or the frameworks that they start do.
  @RepeatedTest(2)
  void aClientIsTheTestsOwn(KubernetesClient client) {
    client.close();
  }

  @Nested
  class WithMore {
    @BeforeAll
    static void makeWhatTheseHave(KubernetesClient client) {
      assertThat(names(client)).containsExactly("of-all");
      make(client, "of-these");
      client.configMaps().inNamespace("default").withName("of-all").delete();
      make(client, "of-all");
    }

    @BeforeEach
    void theEarlierOneOfTheClassAroundWasBefore(KubernetesClient client) {
      assertThat(names(client)).contains("of-each");
      client.configMaps().inNamespace("default").withName("of-each").delete();
    }

    @RepeatedTest(2)
    void itBeginsWithThat(KubernetesClient client) {
      assertThat(names(client)).containsExactly("of-all", "of-these");
      make(client, "mine");
    }
  }

  @Test
  void zTheNestedOnesLeaveNothing(KubernetesClient client) {
    assertThat(names(client)).containsExactly("of-all", "of-each");
    assertThatThrownBy(() -> make(client, "of-each")).hasMessageContaining("already exists");
  }
}
