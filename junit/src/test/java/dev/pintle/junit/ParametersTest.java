package dev.pintle.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.embed.PintleServer;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The things that tests are given, and for whom they act.
@PintleTest
class ParametersTest {
  private static final List<Path> FILES = new ArrayList<>();

  @AfterAll
  static void theFileIsGone() {
    assertThat(FILES).isNotEmpty().allSatisfy(file -> assertThat(file.getParent()).doesNotExist());
  }

  private static String who(KubernetesClient client) {
    return client
        .resource(new SelfSubjectReviewBuilder().build())
        .create()
        .getStatus()
        .getUserInfo()
        .getUsername();
  }

  private static String who(String kubeconfig) {
    try (KubernetesClient client =
        new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build()) {
      return who(client);
    }
  }

  @Test
  void clientsAreTheAdministrators(KubernetesClient fabric8, ApiClient official) throws Exception {
    assertThat(who(fabric8)).isEqualTo("admin");
    assertThat(new CoreV1Api(official).listNamespace().execute().getItems()).hasSize(4);
  }

  @Test
  void theStoreIsReached(Client store, PintleServer server) throws Exception {
    long before = server.revision();
    store.getKVClient().put(bytes("/mine"), bytes("1")).get(20, TimeUnit.SECONDS);
    assertThat(server.revision()).isGreaterThan(before);
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  @Test
  void aKubeconfigIsAFileOrAText(@KubeconfigFile Path path, @KubeconfigFile String text)
      throws IOException {
    FILES.add(path);
    assertThat(path).hasContent(text);
    assertThat(who(text)).isEqualTo("admin");
  }

  @Test
  void usersMayWhatRolesAllow(
      KubernetesClient admin,
      @AsUser(value = "alice", groups = "dev") KubernetesClient alice,
      @AsUser("bob") ApiClient bob,
      PintleServer server)
      throws ApiException {
    assertThat(who(admin)).isEqualTo("admin");
    assertThat(who(alice)).isEqualTo("alice");
    assertThatThrownBy(() -> alice.pods().inNamespace("team").list())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("User \"alice\" cannot list resource \"pods\"");
    Manifests.of("manifests/").applyTo(server);
    assertThat(alice.pods().inNamespace("team").list().getItems()).isEmpty();
    CoreV1Api api = new CoreV1Api(bob);
    assertThatThrownBy(() -> api.listNamespacedPod("team").execute())
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.getCode()).isEqualTo(403);
              assertThat(refused.getResponseBody()).contains("User \\\"bob\\\" cannot list");
            });
  }

  @Test
  void aKubeconfigOfAUserIsReadByAllClients(@AsUser("carol") @KubeconfigFile Path path)
      throws Exception {
    String text = Files.readString(path);
    assertThat(who(text)).isEqualTo("carol");
    ApiClient official =
        ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(text))).build();
    assertThatThrownBy(() -> new CoreV1Api(official).listNamespace().execute())
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> assertThat(refused.getResponseBody()).contains("User \\\"carol\\\""));
  }

  @Nested
  @AsUser("dave")
  class AsDave {
    @BeforeEach
    @AsAdministrator
    void prepare(KubernetesClient client) {
      assertThat(who(client)).isEqualTo("admin");
    }

    @Test
    void theNearestAnnotationCounts(
        KubernetesClient near,
        @AsUser("erin") KubernetesClient nearer,
        @AsAdministrator KubernetesClient admin) {
      assertThat(who(near)).isEqualTo("dave");
      assertThat(who(nearer)).isEqualTo("erin");
      assertThat(who(admin)).isEqualTo("admin");
    }

    @Test
    @AsUser("frank")
    void thatOfAMethodToo(KubernetesClient client) {
      assertThat(who(client)).isEqualTo("frank");
    }
  }

  @PintleTest
  static class Wrong {
    @Test
    void aServerForSomebody(@AsUser("alice") PintleServer server) {
      server.revision();
    }
  }

  @PintleTest
  static class Unmarked {
    @Test
    void aNumber(@KubeconfigFile Integer number) {
      assertThat(number).isNull();
    }
  }

  @PintleTest
  @WithoutControllers("no-such-controller")
  static class Unknown {
    @Test
    void never() {}
  }

  @Test
  void whatMakesNoSenseIsTold() {
    Failures.only(Runs.of(Wrong.class)).contains("PintleServer", "acts for no user");
    Failures.only(Runs.of(Unmarked.class))
        .contains("@KubeconfigFile", "Integer", "Path or a String");
    Failures.only(Runs.of(Unknown.class))
        .contains("@WithoutControllers", "no-such-controller", "namespace-controller");
  }

  @Test
  void aLibraryThatIsMissingIsNamed() {
    assertThatThrownBy(() ->
            MissingLibrary.unless(
                "an ApiClient",
                "io.kubernetes:client-java-api",
                "java.lang.String",
                () -> {
                  throw new NoClassDefFoundError("io/kubernetes/client/openapi/ApiClient");
                }))
        .isInstanceOf(PintleTestException.class)
        .hasMessageContaining("an ApiClient needs io.kubernetes:client-java-api, which is not on");
    assertThatThrownBy(() ->
            MissingLibrary.unless(
                "a KubernetesClient",
                "io.fabric8:kubernetes-client",
                "io.fabric8.kubernetes.NotThere",
                () -> {
                  throw new IllegalStateException("no implementation");
                }))
        .hasMessageContaining("a KubernetesClient needs io.fabric8:kubernetes-client");
  }
}
