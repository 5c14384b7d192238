package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchTest {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String BOATS = "/apis/sail.example/v1/namespaces/default/boats";
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";

  @TempDir private Path folder;
  private PintleServer origin;
  private Http client;

  @BeforeEach
  void start() throws Exception {
    origin = PintleServer.builder().start();
    client = Http.of(origin);
  }

  @AfterEach
  void close() {
    client.close();
    origin.close();
  }

  @Test
  void aBranchHoldsWhatItsOriginHeldToTheByte() throws Exception {
    create(client, CONFIG_MAPS, "ConfigMap", "mine");
    create(client, NAMESPACES, "Namespace", "n");
    client.delete(ROLES + "/view");
    try (PintleServer branch = origin.branch();
        Http ofBranch = Http.of(branch)) {
      assertThat(ofBranch.get(CONFIG_MAPS + "/mine").body())
          .isEqualTo(client.get(CONFIG_MAPS + "/mine").body());
      assertThat(ofBranch.get(ROLES + "/view").statusCode()).isEqualTo(404);
      assertThat(branch.url()).isNotEqualTo(origin.url());
    }
  }

  @Test
  void bothGoTheirOwnWays() throws Exception {
    create(client, CONFIG_MAPS, "ConfigMap", "both");
    try (PintleServer branch = origin.branch();
        Http ofBranch = Http.of(branch)) {
      ofBranch.delete(CONFIG_MAPS + "/both");
      create(ofBranch, CONFIG_MAPS, "ConfigMap", "there");
      create(client, CONFIG_MAPS, "ConfigMap", "home");
      assertThat(client.get(CONFIG_MAPS).body()).contains("both", "home").doesNotContain("there");
      assertThat(ofBranch.get(CONFIG_MAPS).body()).contains("there").doesNotContain("both", "home");
    }
  }

  @Test
  void revisionsGoOnFromTheOrigins() throws Exception {
    create(client, CONFIG_MAPS, "ConfigMap", "mine");
    long before = origin.revision();
    try (PintleServer branch = origin.branch();
        Http ofBranch = Http.of(branch)) {
      assertThat(branch.revision()).isGreaterThanOrEqualTo(before);
      assertThat(branch.at(before).object(CONFIG_MAPS + "/mine")).isPresent();
      create(ofBranch, CONFIG_MAPS, "ConfigMap", "later");
      assertThat(branch.revision()).isGreaterThan(before);
      assertThat(branch.at(before).object(CONFIG_MAPS + "/later")).isEmpty();
    }
  }

  @Test
  void aWatchGoesOnAtABranchFromAVersionOfItsOrigin() throws Exception {
    long before = origin.revision();
    create(client, CONFIG_MAPS, "ConfigMap", "mine");
    try (PintleServer branch = origin.branch();
        Http ofBranch = Http.of(branch);
        Stream<String> events = ofBranch.watchFrom(CONFIG_MAPS, before)) {
      create(ofBranch, CONFIG_MAPS, "ConfigMap", "later");
      assertThat(events.filter(BranchTest::isOfOurs).limit(2))
          .satisfiesExactly(
              event -> assertThat(event).contains("\"mine\""),
              event -> assertThat(event).contains("\"later\""));
    }
  }

  private static boolean isOfOurs(String event) {
    return !event.contains("kube-root-ca.crt");
  }

  @Test
  void closingOneLeavesTheOther() throws Exception {
    PintleServer branch = origin.branch();
    PintleServer ofBranch = branch.branch();
    branch.close();
    try (ofBranch;
        Http there = Http.of(ofBranch)) {
      create(client, CONFIG_MAPS, "ConfigMap", "here");
      client.close();
      origin.close();
      create(there, CONFIG_MAPS, "ConfigMap", "there");
      create(there, NAMESPACES, "Namespace", "n");
      try (Stream<String> events = there.watch(NAMESPACES)) {
        there.delete(NAMESPACES + "/n");
        assertThat(events.anyMatch(event -> event.contains("DELETED"))).isTrue();
      }
    }
  }

  @Test
  void aBranchMayBeginWithAnEarlierMoment() throws Exception {
    create(client, CONFIG_MAPS, "ConfigMap", "first");
    Savepoint moment = origin.savepoint();
    create(client, CONFIG_MAPS, "ConfigMap", "second");
    try (PintleServer branch = origin.branch(moment);
        Http there = Http.of(branch)) {
      assertThat(there.get(CONFIG_MAPS + "/first").statusCode()).isEqualTo(200);
      assertThat(there.get(CONFIG_MAPS + "/second").statusCode()).isEqualTo(404);
      assertThat(client.get(CONFIG_MAPS + "/second").statusCode()).isEqualTo(200);
      there.delete(CONFIG_MAPS + "/first");
      branch.reset();
      assertThat(there.get(CONFIG_MAPS + "/first").statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> branch.branch(moment)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aClosedServerHasNoBranches() {
    origin.close();
    assertThatThrownBy(origin::branch)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void tokensAndCertificatesAreGoodAtBoth() throws Exception {
    String token = token(client, "default");
    try (PintleServer branch = origin.branch();
        Http asAccount = Http.of(branch, token);
        Http byCertificate = Http.byCertificate(branch)) {
      assertThat(branch.caCertificate()).isEqualTo(origin.caCertificate());
      assertThat(asAccount.get(CONFIG_MAPS).body())
          .contains("system:serviceaccount:default:default");
      assertThat(byCertificate.get(CONFIG_MAPS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void customResourcesAreServedAtOnce() throws Exception {
    define(client);
    create(client, BOATS, "Boat", "sail.example/v1", "one");
    try (PintleServer branch = origin.branch();
        Http ofBranch = Http.of(branch)) {
      assertThat(ofBranch.get(BOATS + "/one").statusCode()).isEqualTo(200);
      ofBranch.delete(DEFINITIONS + "/boats.sail.example");
      assertThat(client.get(BOATS + "/one").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void resetLeadsBackToTheCopy() throws Exception {
    create(client, CONFIG_MAPS, "ConfigMap", "copied");
    try (PintleServer branch = origin.branch();
        Http ofBranch = Http.of(branch)) {
      create(ofBranch, CONFIG_MAPS, "ConfigMap", "made");
      ofBranch.delete(CONFIG_MAPS + "/copied");
      branch.reset();
      assertThat(ofBranch.get(CONFIG_MAPS + "/copied").statusCode()).isEqualTo(200);
      assertThat(ofBranch.get(CONFIG_MAPS + "/made").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void leasesComeAlongWithTheTimeTheyHaveLeft() throws Exception {
    try (Http etcd = Http.of(origin.etcd())) {
      etcd.post("/v3/lease/grant", "{\"ID\":\"77\",\"TTL\":\"100\"}");
      etcd.post("/v3/kv/put", "{\"key\":\"%s\",\"value\":\"\",\"lease\":\"77\"}".formatted(key()));
      origin.clock().advance(Duration.ofSeconds(60));
    }
    try (PintleServer branch = origin.branch();
        Http etcd = Http.of(branch.etcd())) {
      assertThat(etcd.post("/v3/lease/timetolive", "{\"ID\":\"77\"}").body())
          .containsPattern("\"TTL\":\"(39|40)\"")
          .contains("\"grantedTTL\":\"100\"");
      branch.clock().advance(Duration.ofSeconds(41));
      assertThat(etcd.post("/v3/kv/range", "{\"key\":\"%s\"}".formatted(key())).body())
          .doesNotContain("kvs");
    }
    try (Http etcd = Http.of(origin.etcd())) {
      assertThat(etcd.post("/v3/kv/range", "{\"key\":\"%s\"}".formatted(key())).body())
          .contains("kvs");
    }
  }

  @Test
  void clocksAreMovedApart() {
    origin.clock().advance(Duration.ofDays(1));
    try (PintleServer branch = origin.branch()) {
      branch.clock().advance(Duration.ofDays(2));
      assertThat(branch.clock().ahead()).isEqualTo(Duration.ofDays(3));
      assertThat(origin.clock().ahead()).isEqualTo(Duration.ofDays(1));
    }
  }

  @Test
  void aBranchOfAServerWithAFolderKeepsNothing() throws Exception {
    try (PintleServer kept = PintleServer.builder().folder(folder).start();
        Http ofKept = Http.of(kept)) {
      create(ofKept, CONFIG_MAPS, "ConfigMap", "kept");
      try (PintleServer branch = kept.branch();
          Http ofBranch = Http.of(branch)) {
        create(ofBranch, CONFIG_MAPS, "ConfigMap", "passing");
        assertThat(ofBranch.get(CONFIG_MAPS + "/kept").statusCode()).isEqualTo(200);
        assertThat(branch.kubeconfig()).contains("server: " + branch.url());
      }
    }
    try (PintleServer kept = PintleServer.builder().folder(folder).start();
        Http ofKept = Http.of(kept)) {
      assertThat(ofKept.get(CONFIG_MAPS + "/kept").statusCode()).isEqualTo(200);
      assertThat(ofKept.get(CONFIG_MAPS + "/passing").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aBranchUnderWritesHoldsAMomentOfThem() throws Exception {
    create(client, CONFIG_MAPS, "ConfigMap", "counted");
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 200; i++) {
                patch(CONFIG_MAPS + "/counted", "{\"data\":{\"n\":\"%d\"}}".formatted(i));
                patch(CONFIG_MAPS + "/counted", "{\"data\":{\"m\":\"%d\"}}".formatted(i));
              }
            });
    while (writer.isAlive()) {
      try (PintleServer branch = origin.branch()) {
        long moment = branch.revision();
        assertThat(branch.at(moment).object(CONFIG_MAPS + "/counted"))
            .isEqualTo(origin.at(moment).object(CONFIG_MAPS + "/counted"));
      }
    }
  }

  private void patch(String path, String patch) {
    try {
      client.patch(path, patch);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  static void create(Http client, String path, String kind, String name) throws Exception {
    create(client, path, kind, "v1", name);
  }

  private static void create(Http client, String path, String kind, String version, String name)
      throws Exception {
    assertThat(
            client
                .post(
                    path,
                    "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"}}"
                        .formatted(version, kind, name))
                .statusCode())
        .isEqualTo(201);
  }

  private static String token(Http client, String account) throws Exception {
    String answer =
        client
            .post(
                "/api/v1/namespaces/default/serviceaccounts/" + account + "/token",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}")
            .body();
    int at = answer.indexOf("\"token\":\"") + 9;
    return answer.substring(at, answer.indexOf('"', at));
  }

  private static String key() {
    return Base64.getEncoder().encodeToString("/mine".getBytes(StandardCharsets.US_ASCII));
  }

  private static void define(Http client) throws Exception {
    client.post(
        DEFINITIONS,
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"boats.sail.example"},
         "spec":{"group":"sail.example","scope":"Namespaced",
          "names":{"plural":"boats","singular":"boat","kind":"Boat","listKind":"BoatList"},
          "versions":[{"name":"v1","served":true,"storage":true,
           "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}\
        """);
    try (Stream<String> events = client.watch(DEFINITIONS)) {
      assertThat(events.anyMatch(event -> event.contains("the initial names have been accepted")))
          .isTrue();
    }
  }
}
