package dev.pintle.kube;

import static dev.pintle.kube.Api.JSON;
import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rights that somebody who holds little comes by on side roads.
class RightsTest {
  private static final String ROOT = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String ROLES = ROOT + "clusterroles";
  private static final String BINDINGS = ROOT + "clusterrolebindings";
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String GATHERS =
      "\"aggregationRule\":{\"clusterRoleSelectors\":[{\"matchLabels\":{\"a\":\"b\"}}]}";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private Answer bob(String method, String path, String type, String body)
      throws InterruptedException {
    return api.send(method, path, body, Map.of("content-type", type, "impersonate-user", "bob"));
  }

  /// Gives bob these rules everywhere.
  private void give(String rules) throws InterruptedException {
    api.post(ROLES, "{\"metadata\":{\"name\":\"bobs\"},\"rules\":[%s]}".formatted(rules));
    bind("bobs");
  }

  private void bind(String role) throws InterruptedException {
    api.post(BINDINGS, binding(role, "bob"));
  }

  private static String binding(String role, String user) {
    return """
    {"metadata":{"name":"%s-%s"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"%s"}],
     "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%s"}}
    """
        .formatted(role, user, user, role);
  }

  private static String rule(String group, String resource, String verbs) {
    return """
    {"apiGroups":["%s"],"resources":["%s"],"verbs":["%s"]}
    """
        .formatted(group, resource, verbs.replace(",", "\",\""));
  }

  private static String roleWriting() {
    return rule("rbac.authorization.k8s.io", "*", "get,create,update,patch");
  }

  @Test
  void anUpdateThatCreatesNeedsTheRightToCreate() throws InterruptedException {
    give(rule("coordination.k8s.io", "leases", "get,update,patch"));
    String lease =
        "{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\",\"metadata\":{\"name\":\"l\"},\"spec\":{}}";

    for (String query : new String[] {"?fieldManager=m", "?fieldManager=m&dryRun=All"}) {
      Answer put = bob("PUT", LEASES + "/l" + query, JSON, lease);
      Answer applied = bob("PATCH", LEASES + "/l" + query, APPLY, lease);
      assertThat(put.code()).isEqualTo(403);
      assertThat(put.message())
          .isEqualTo(
              "leases.coordination.k8s.io \"l\" is forbidden: User \"bob\" cannot create resource \"leases\" in API group \"coordination.k8s.io\" in the namespace \"default\"");
      assertThat(applied.message()).isEqualTo(put.message());
    }
    api.put(LEASES + "/l", lease);
    assertThat(bob("PATCH", LEASES + "/l?fieldManager=m", APPLY, lease).code()).isEqualTo(200);
  }

  @Test
  void theRightToCreateOneNameIsEnoughForThatName() throws InterruptedException {
    give(
        rule("", "configmaps", "patch")
            + ",{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"resourceNames\":[\"a\"],\"verbs\":[\"create\"]}");
    String map = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"}}";

    assertThat(bob("PATCH", MAPS + "/a?fieldManager=m", APPLY, map.formatted("a")).code())
        .isEqualTo(201);
    assertThat(bob("PATCH", MAPS + "/b?fieldManager=m", APPLY, map.formatted("b")).code())
        .isEqualTo(403);
    assertThat(bob("POST", MAPS, JSON, map.formatted("a")).code()).isEqualTo(403);
  }

  @Test
  void onlyWhoMayDoEverythingLetsARoleGather() throws InterruptedException {
    give(roleWriting());
    String gathering =
        "{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"ClusterRole\",\"metadata\":{\"name\":\"g\"},%s}"
            .formatted(GATHERS);
    api.post(ROLES, "{\"metadata\":{\"name\":\"plain\"},\"rules\":[]}");
    api.post(ROLES, "{\"metadata\":{\"name\":\"gathers\"}," + GATHERS + "}");

    for (Answer answer :
        new Answer[] {
          bob("POST", ROLES, JSON, gathering),
          bob("POST", ROLES + "?dryRun=All", JSON, gathering),
          bob("PUT", ROLES + "/g", JSON, gathering),
          bob("PATCH", ROLES + "/g?fieldManager=m", APPLY, gathering),
          bob("PATCH", ROLES + "/plain", MERGE, "{" + GATHERS + "}"),
          bob("PATCH", ROLES + "/plain", Api.STRATEGIC, "{" + GATHERS + "}"),
          bob("PATCH", ROLES + "/gathers", MERGE, "{\"aggregationRule\":null}"),
          bob("PATCH", ROLES + "/gathers", MERGE, "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}")
        }) {
      assertThat(answer.code()).isEqualTo(403);
      assertThat(answer.message())
          .endsWith("must have cluster-admin privileges to use the aggregationRule");
    }
  }

  @Test
  void aLabelBringsNoRulesThatOneDoesNotHold() throws InterruptedException {
    give(roleWriting());
    api.post(
        ROLES,
        "{\"metadata\":{\"name\":\"secrets\"},\"rules\":[%s]}"
            .formatted(rule("", "secrets", "get")));
    String label = "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}";

    assertThat(bob("PATCH", ROLES + "/secrets", MERGE, label).message())
        .contains("is attempting to grant RBAC permissions not currently held");
    String finalizer = "{\"metadata\":{\"finalizers\":[\"example.com/a\"]}}";
    assertThat(bob("PATCH", ROLES + "/secrets", MERGE, finalizer).code()).isEqualTo(200);
  }

  @Test
  void escalatingOneRoleDoesNotReachTheCollection() throws InterruptedException {
    give(
        roleWriting()
            + ",{\"apiGroups\":[\"rbac.authorization.k8s.io\"],\"resources\":[\"clusterroles\"],\"resourceNames\":[\"r\"],\"verbs\":[\"escalate\"]}");
    String role =
        "{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"ClusterRole\",\"metadata\":{\"name\":\"r\"},\"rules\":[%s]}"
            .formatted(rule("", "secrets", "get"));

    assertThat(bob("POST", ROLES, JSON, role).code()).isEqualTo(403);
    assertThat(bob("PATCH", ROLES + "/r?fieldManager=m", APPLY, role).code()).isEqualTo(201);
  }

  @Test
  void aBindingNeedsItsRole() throws InterruptedException {
    give(roleWriting());

    Answer unknown = bob("POST", BINDINGS, JSON, binding("none", "eve"));

    assertThat(unknown.code()).isEqualTo(404);
    assertThat(unknown.message())
        .isEqualTo("clusterrolebindings.rbac.authorization.k8s.io \"none\" not found");
  }

  @Test
  void whoHoldsARoleThatIsGoneIsToldSo() throws InterruptedException {
    give(rule("", "secrets", "get"));
    api.delete(ROLES + "/bobs");

    assertThat(bob("GET", MAPS, JSON, "").message())
        .endsWith(
            "in the namespace \"default\": rbac: RBAC: clusterrole.rbac.authorization.k8s.io \"bobs\" not found");
  }

  @Test
  void whoMayListOneNameListsIt() throws InterruptedException {
    api.map("a", "{}");
    give(
        "{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"resourceNames\":[\"a\"],\"verbs\":[\"list\",\"deletecollection\"]}");

    assertThat(bob("GET", MAPS + "?fieldSelector=metadata.name%3Da", JSON, "").code())
        .isEqualTo(200);
    assertThat(bob("GET", MAPS + "?fieldSelector=metadata.name%3Db", JSON, "").message())
        .startsWith("configmaps \"b\" is forbidden");
    assertThat(bob("GET", MAPS + "?fieldSelector=metadata.name!%3Da", JSON, "").code())
        .isEqualTo(403);
    assertThat(bob("DELETE", MAPS + "?fieldSelector=metadata.name%3Da", JSON, "").code())
        .isEqualTo(403);
  }
}
