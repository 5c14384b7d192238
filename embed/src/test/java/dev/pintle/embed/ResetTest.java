package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ResetTest extends OneServerEach {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String BOATS = "/apis/sail.example/v1/namespaces/default/boats";

  @Test
  void whatWasMadeIsGoneWhateverHoldsIt() throws Exception {
    create(NAMESPACES, "Namespace", "n", "");
    create(NAMESPACES + "/n/configmaps", "ConfigMap", "held", ",\"finalizers\":[\"example/hold\"]");
    create(CONFIG_MAPS, "ConfigMap", "free", "");
    server.reset();
    assertThat(status(NAMESPACES + "/n")).isEqualTo(404);
    assertThat(status(CONFIG_MAPS + "/free")).isEqualTo(404);
    assertThat(client.get("/api/v1/configmaps").body()).doesNotContain("held");
  }

  @Test
  void whatTheClusterStartedWithIsThereAsItWas() throws Exception {
    String before = client.get(ROLES + "/view").body();
    client.delete(ROLES + "/view");
    client.delete(CONFIG_MAPS + "/kube-root-ca.crt");
    client.delete("/api/v1/namespaces/default/serviceaccounts/default");
    server.reset();
    assertThat(withoutRevision(client.get(ROLES + "/view").body()))
        .isEqualTo(withoutRevision(before));
    assertThat(status(CONFIG_MAPS + "/kube-root-ca.crt")).isEqualTo(200);
    assertThat(status("/api/v1/namespaces/default/serviceaccounts/default")).isEqualTo(200);
  }

  @Test
  void aLaterMomentCanBeComeBackToAnyNumberOfTimes() throws Exception {
    create(CONFIG_MAPS, "ConfigMap", "kept", "");
    Savepoint moment = server.savepoint();
    for (int round = 0; round < 2; round++) {
      create(CONFIG_MAPS, "ConfigMap", "made", "");
      client.delete(CONFIG_MAPS + "/kept");
      server.reset(moment);
      assertThat(status(CONFIG_MAPS + "/made")).isEqualTo(404);
      assertThat(status(CONFIG_MAPS + "/kept")).isEqualTo(200);
    }
    server.reset();
    assertThat(status(CONFIG_MAPS + "/kept")).isEqualTo(404);
  }

  @RepeatedTest(20)
  void whatIsBeingEmptiedComesBackWhole() throws Exception {
    create(NAMESPACES, "Namespace", "n", "");
    for (int i = 0; i < 20; i++) {
      create(NAMESPACES + "/n/configmaps", "ConfigMap", "c" + i, "");
    }
    Savepoint moment = server.savepoint();
    client.delete(NAMESPACES + "/n");
    server.reset(moment);
    for (int i = 0; i < 20; i++) {
      assertThat(status(NAMESPACES + "/n/configmaps/c" + i)).isEqualTo(200);
    }
  }

  @Test
  void aMomentOfAnotherServerIsRefused() {
    Savepoint moment = server.savepoint();
    try (PintleServer other = PintleServer.builder().withoutControllers().start()) {
      assertThatThrownBy(() -> other.reset(moment))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("savepoint: of PintleServer[" + server.url());
    }
  }

  @Test
  void anOpenWatchGoesOnAndHearsOfIt() throws Exception {
    try (Stream<String> lines = client.watch(CONFIG_MAPS)) {
      Iterator<String> events = lines.iterator();
      create(CONFIG_MAPS, "ConfigMap", "mine", "");
      assertThat(next(events, "mine")).contains("ADDED");
      long before = server.revision();
      server.reset();
      assertThat(next(events, "mine")).contains("DELETED");
      create(CONFIG_MAPS, "ConfigMap", "mine", "");
      assertThat(next(events, "mine")).contains("ADDED");
      assertThat(server.revision()).isGreaterThan(before);
    }
  }

  @Test
  void aResetOfWhatIsAsItWasWritesNothing() {
    server.reset();
    long before = server.revision();
    server.reset();
    assertThat(server.revision()).isEqualTo(before);
  }

  @Test
  void aTypeCanBeDefinedAgain() throws Exception {
    for (int round = 0; round < 3; round++) {
      assertThat(client.post(DEFINITIONS, definition()).statusCode()).isEqualTo(201);
      try (Stream<String> events = client.watch(DEFINITIONS)) {
        assertThat(events.anyMatch(ResetTest::isEstablished)).isTrue();
      }
      assertThat(
              client
                  .post(
                      BOATS,
                      "{\"apiVersion\":\"sail.example/v1\",\"kind\":\"Boat\",\"metadata\":{\"name\":\"b\"}}")
                  .statusCode())
          .isEqualTo(201);
      server.reset();
      assertThat(status(DEFINITIONS + "/boats.sail.example")).isEqualTo(404);
    }
  }

  private static boolean isEstablished(String event) {
    int at = event.indexOf("\"type\":\"Established\"");
    return at >= 0
        && event.contains("no conflicts found")
        && event.contains("InitialNamesAccepted");
  }

  @Test
  void aServerThatIsClosedRefuses() throws Exception {
    server.close();
    assertThatThrownBy(server::reset)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("open");
  }

  @Test
  void aServerThatIsClosedRefusesAfterAChange() throws Exception {
    create(CONFIG_MAPS, "ConfigMap", "mine", "");
    server.close();
    assertThatThrownBy(server::reset)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("open");
  }

  private void create(String path, String kind, String name, String more) throws Exception {
    String object =
        """
        {"apiVersion":"v1","kind":"%s","metadata":{"name":"%s"%s}}\
        """
            .formatted(kind, name, more);
    assertThat(client.post(path, object).statusCode()).isEqualTo(201);
  }

  private int status(String path) throws Exception {
    return client.get(path).statusCode();
  }

  private static String next(Iterator<String> events, String name) {
    while (events.hasNext()) {
      String event = events.next();
      if (event.contains("\"name\":\"%s\"".formatted(name))) {
        return event;
      }
    }
    return "";
  }

  private static String withoutRevision(String object) {
    return object.replaceAll("\"resourceVersion\":\"[0-9]+\"", "");
  }

  private static String definition() {
    return """
    {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
     "metadata":{"name":"boats.sail.example"},"spec":{"group":"sail.example","scope":"Namespaced",
     "names":{"plural":"boats","singular":"boat","kind":"Boat"},
     "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}\
    """;
  }
}
