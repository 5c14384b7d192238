package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The users that a test invents, as the server sees them.
class UsersTest {
  private static final String REVIEWS = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String REVIEW =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private static PintleServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = PintleServer.builder().start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void reset() {
    server.reset();
  }

  private static String who(ClientSettings settings) throws Exception {
    try (Http client = Http.byCertificate(settings)) {
      return client.post(REVIEWS, REVIEW).body();
    }
  }

  @Test
  void aUserIsWhoTheTestSays() throws Exception {
    assertThat(who(server.clientSettings("alice", "dev", "ops")))
        .contains(
            "\"username\":\"alice\"", "\"groups\":[\"dev\",\"ops\",\"system:authenticated\"]");
    assertThat(who(server.clientSettings("bob")))
        .contains("\"username\":\"bob\"", "\"groups\":[\"system:authenticated\"]");
  }

  @Test
  void aNameMayHaveWhatMeansSomethingInCertificates() throws Exception {
    assertThat(who(server.clientSettings(" a, O=b+c;<#> ", "x=y,z")))
        .contains("\"username\":\" a, O=b+c;\\u003c#\\u003e \"", "\"groups\":[\"x=y,z\",");
  }

  @Test
  void aServiceAccountIsInItsGroups() throws Exception {
    assertThat(who(server.clientSettings("system:serviceaccount:shop:till")))
        .contains("\"system:serviceaccounts\",\"system:serviceaccounts:shop\"");
  }

  @Test
  void aUserMayWhatRolesAllow() throws Exception {
    try (Http alice = Http.byCertificate(server.clientSettings("alice", "dev"));
        Http admin = Http.of(server)) {
      assertThat(alice.get(PODS).statusCode()).isEqualTo(403);
      admin.post(
          "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
          """
          {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"dev"},
           "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
           "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"dev"}]}\
          """);
      assertThat(alice.get(PODS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aKubeconfigIsOfTheUser() {
    assertThat(server.kubeconfig("alice"))
        .contains("server: " + server.url(), "client-certificate-data: ", "user: pintle-user")
        .doesNotContain("token:", "pintle-admin");
  }

  @Test
  void aServerWithAFolderHasThemToo() throws Exception {
    try (PintleServer kept = PintleServer.builder().folder(folder.resolve("data")).start()) {
      assertThat(who(kept.clientSettings("alice"))).contains("\"username\":\"alice\"");
    }
  }

  @Test
  void aBlankNameIsRefused() {
    assertThatThrownBy(() -> server.clientSettings(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user: \" \"");
    assertThatThrownBy(() -> server.kubeconfig("alice", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
