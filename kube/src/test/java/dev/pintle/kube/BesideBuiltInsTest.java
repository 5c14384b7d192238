package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Definitions whose names are those of built-in resources.
final class BesideBuiltInsTest {
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private static String name(String plural, String group) {
    return plural + "." + group;
  }

  private static String watch(String name) {
    return DEFINITIONS + "?watch=1&fieldSelector=metadata.name%3D" + name;
  }

  /// Makes a definition and waits for what its status says.
  private JsonObject define(String plural, String group, String version, String kind)
      throws InterruptedException {
    FakeExchange watch = api.watch(watch(name(plural, group)));
    int code =
        api.post(
                DEFINITIONS,
                """
                {"metadata":{"name":"%1$s.%2$s","annotations":{"api-approved.kubernetes.io":"unapproved, a test"}},
                 "spec":{"group":"%2$s","scope":"Namespaced","names":{"plural":"%1$s","singular":"%4$s-one","kind":"%5$s","listKind":"%5$sList"},
                 "versions":[{"name":"%3$s","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
                """
                    .formatted(
                        plural, group, version, kind.toLowerCase(java.util.Locale.ROOT), kind))
            .code();
    assertThat(code).isEqualTo(201);
    watch.await("\"type\":\"Established\"");
    watch.abort();
    return api.get(DEFINITIONS + "/" + name(plural, group)).body();
  }

  private void delete(String definition) throws InterruptedException {
    FakeExchange watch = api.watch(watch(definition));
    assertThat(api.delete(DEFINITIONS + "/" + definition).code()).isEqualTo(200);
    watch.await("\"type\":\"DELETED\"");
    watch.abort();
  }

  private void makeRole() throws InterruptedException {
    assertThat(
            api.post(
                    ROLES,
                    """
                    {"metadata":{"name":"stays"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}
                    """)
                .code())
        .isEqualTo(201);
  }

  private void requireRole() throws InterruptedException {
    JsonObject role = api.get(ROLES + "/stays").body();
    assertThat(role.text("kind")).isEqualTo("Role");
    assertThat(JsonWriter.text(Objects.requireNonNull(role.get("rules")))).contains("pods");
    assertThat(
            api.post(
                    ROLES,
                    "{\"metadata\":{\"name\":\"bad\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[]}]}")
                .code())
        .isEqualTo(422);
  }

  @Test
  void aDefinitionNamedLikeARoleNeverTakesItsPlace() throws InterruptedException {
    makeRole();
    JsonObject defined = define("roles", "rbac.authorization.k8s.io", "v1", "Role");

    assertThat(JsonWriter.text(defined.objectAt("status")))
        .contains("\"reason\":\"BuiltInGroup\"")
        .contains("the API group \\\"rbac.authorization.k8s.io\\\" is built in");
    requireRole();
    api.restart();
    requireRole();
    delete("roles.rbac.authorization.k8s.io");
    requireRole();
  }

  @ParameterizedTest
  @CsvSource({
    "roles,rbac.authorization.k8s.io,v9,Role",
    "parts,rbac.authorization.k8s.io,v1,ClusterRole",
    "networkpolicies,networking.k8s.io,v2beta1,NetworkPolicy"
  })
  void nothingIsAddedToAGroupThatIsBuiltIn(String plural, String group, String version, String kind)
      throws InterruptedException {
    String before = JsonWriter.text(api.get("/apis/" + group).body());
    define(plural, group, version, kind);

    String path = "/apis/%s/%s/namespaces/default/%s".formatted(group, version, plural);
    assertThat(api.get(path).code()).isEqualTo(404);
    assertThat(
            api.post(
                    path,
                    "{\"apiVersion\":\"%s/%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"a\"}}"
                        .formatted(group, version, kind))
                .code())
        .isEqualTo(404);
    assertThat(JsonWriter.text(api.get("/apis/" + group).body())).isEqualTo(before);
    delete(name(plural, group));
  }

  @Test
  void theEndOfADefinitionOfDefinitionsEndsNoOther() throws InterruptedException {
    define("things", "beside.example.com", "v1", "Thing");
    define("customresourcedefinitions", "apiextensions.k8s.io", "v1", "CustomResourceDefinition");

    delete("customresourcedefinitions.apiextensions.k8s.io");

    assertThat(api.get(DEFINITIONS + "/things.beside.example.com").code()).isEqualTo(200);
    assertThat(api.get("/apis/beside.example.com/v1/things").code()).isEqualTo(200);
  }

  @Test
  void theEndOfADefinitionOfRegistrationsEndsNone() throws InterruptedException {
    api.settledIn();
    String registrations = "/apis/apiregistration.k8s.io/v1/apiservices";
    int before = api.get(registrations).items().size();
    define("apiservices", "apiregistration.k8s.io", "v1", "APIService");

    delete("apiservices.apiregistration.k8s.io");

    assertThat(before).isPositive();
    assertThat(api.get(registrations).items().size()).isEqualTo(before);
  }

  @Test
  void theNamesOfABuiltInResourceAreFreeInAnotherGroup() throws InterruptedException {
    define("deployments", "beside.example.com", "v1", "Deployment");

    String own = "/apis/beside.example.com/v1/namespaces/default/deployments";
    assertThat(
            api.post(
                    own,
                    "{\"apiVersion\":\"beside.example.com/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"a\"},\"x\":1}")
                .code())
        .isEqualTo(201);
    assertThat(api.get(Api.DEPLOYMENTS).items().size()).isZero();
    assertThat(api.get(own).items().size()).isEqualTo(1);
  }
}
