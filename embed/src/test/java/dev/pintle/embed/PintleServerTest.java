package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PintleServerTest {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String CONFIG_MAP =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"key":"value"}}\
      """;
  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"pod"},
       "spec":{"containers":[{"name":"main","image":"example/image:1"}]}}\
      """;
  private static final String EVERYTHING =
      "{\"key\":\"AA==\",\"range_end\":\"AA==\",\"count_only\":true}";

  @TempDir private Path folder;

  @Test
  void aConfigMapThatWasCreatedIsReadBack() throws Exception {
    try (PintleServer server = PintleServer.builder().start();
        Http client = Http.of(server)) {
      assertThat(client.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine")).statusCode())
          .isEqualTo(201);
      assertThat(client.get(CONFIG_MAPS + "/mine").body()).contains("\"key\":\"value\"");
    }
  }

  @Test
  void aPodOfTheFirstMomentHasItsServiceAccount() throws Exception {
    try (PintleServer server = PintleServer.builder().start();
        Http client = Http.of(server)) {
      assertThat(client.post("/api/v1/namespaces/default/pods", POD).body())
          .contains("\"serviceAccountName\":\"default\"");
    }
  }

  @Test
  void theAdministratorIsKnownByCertificateToo() throws Exception {
    try (PintleServer server = PintleServer.builder().start();
        Http client = Http.byCertificate(server)) {
      assertThat(client.get(NAMESPACES).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aDeletedNamespaceEndsWithWhatIsInIt() throws Exception {
    try (PintleServer server = PintleServer.builder().start();
        Http client = Http.of(server);
        Stream<String> events = client.watch(NAMESPACES)) {
      client.post(NAMESPACES, namespace("short"));
      client.post(NAMESPACES + "/short/configmaps", CONFIG_MAP.formatted("mine"));
      client.delete(NAMESPACES + "/short");
      assertThat(events.anyMatch(event -> event.contains("DELETED") && event.contains("\"short\"")))
          .isTrue();
      assertThat(client.get(NAMESPACES + "/short/configmaps/mine").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void dependentsGoAfterTheirOwner() throws Exception {
    try (PintleServer server = PintleServer.builder().start();
        Http client = Http.of(server);
        Stream<String> events = client.watch(CONFIG_MAPS)) {
      String owner = client.post(CONFIG_MAPS, CONFIG_MAP.formatted("owner")).body();
      client.post(
          CONFIG_MAPS,
          """
          {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"owned","ownerReferences":[
           {"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":"%s"}]}}\
          """
              .formatted(uid(owner)));
      client.delete(CONFIG_MAPS + "/owner");
      assertThat(events.anyMatch(event -> event.contains("DELETED") && event.contains("\"owned\"")))
          .isTrue();
    }
  }

  @Test
  void aControllerThatIsOffDoesNothing() throws Exception {
    try (PintleServer server =
            PintleServer.builder().withoutController("namespace-controller").start();
        Http client = Http.of(server)) {
      client.post(NAMESPACES, namespace("stuck"));
      assertThat(client.delete(NAMESPACES + "/stuck").body()).contains("Terminating");
      server.reset();
      assertThat(client.get(NAMESPACES + "/stuck").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void withoutControllersNoNamespaceHasAServiceAccount() throws Exception {
    try (PintleServer server = PintleServer.builder().withoutControllers().start();
        Http client = Http.of(server)) {
      assertThat(client.get("/api/v1/serviceaccounts").body()).contains("\"items\":[]");
    }
  }

  @Test
  void aControllerThatThereIsNotCannotBeOff() {
    assertThatThrownBy(() -> PintleServer.builder().withoutController("job"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("namespace-controller");
  }

  @Test
  void theStoreIsReachedByItsOwnCertificateAlone() throws Exception {
    try (PintleServer server = PintleServer.builder().start();
        Http etcd = Http.of(server.etcd());
        Http stranger = Http.withoutCertificate(server.etcd())) {
      assertThat(etcd.post("/v3/kv/range", EVERYTHING).body()).contains("\"count\"");
      assertThatThrownBy(() -> stranger.post("/v3/kv/range", EVERYTHING))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void serversKnowNothingOfOneAnother() throws Exception {
    try (PintleServer one = PintleServer.builder().start();
        PintleServer other = PintleServer.builder().start();
        Http ofOne = Http.of(one);
        Http ofOther = Http.of(other)) {
      ofOne.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine"));
      assertThat(ofOther.get(CONFIG_MAPS + "/mine").statusCode()).isEqualTo(404);
      assertThat(one.token()).isNotEqualTo(other.token());
      assertThatThrownBy(() -> mixed(one, other)).isInstanceOf(IOException.class);
    }
  }

  /// Believes the one and asks the other.
  private static void mixed(PintleServer one, PintleServer other) throws Exception {
    try (Http client = Http.believing(one.caCertificate(), other.url())) {
      client.get("/readyz");
    }
  }

  @Test
  void theKubeconfigIsItsOwnersAlone() throws Exception {
    try (PintleServer server = PintleServer.builder().start()) {
      Path file = server.writeKubeconfig(folder.resolve("kubeconfig"));
      assertThat(file).hasContent(server.kubeconfig());
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(server.kubeconfig())
          .contains("server: " + server.url(), "token: " + server.token())
          .doesNotContain("client-key-data");
    }
  }

  @Test
  void aFolderKeepsWhatWasAcknowledged() throws Exception {
    PintleServer.Builder kept = PintleServer.builder().folder(folder);
    try (PintleServer server = kept.start();
        Http client = Http.of(server)) {
      client.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine"));
      assertThatThrownBy(kept::start)
          .isInstanceOf(PintleStartException.class)
          .hasMessageContaining("in use");
    }
    try (PintleServer server = kept.start();
        Http client = Http.of(server)) {
      assertThat(client.get(CONFIG_MAPS + "/mine").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void nothingSecretIsInATextForPeople() {
    try (PintleServer server = PintleServer.builder().start()) {
      ClientSettings settings = server.clientSettings();
      assertThat(settings.toString() + server.etcd() + server)
          .doesNotContain(settings.oauthToken(), settings.clientKeyData(), "PRIVATE KEY");
    }
  }

  private static String namespace(String name) {
    return """
    {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s"}}\
    """
        .formatted(name);
  }

  private static String uid(String object) {
    int at = object.indexOf("\"uid\":\"") + 7;
    return object.substring(at, object.indexOf('"', at));
  }
}
