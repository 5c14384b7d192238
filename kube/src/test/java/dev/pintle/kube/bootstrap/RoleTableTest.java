package dev.pintle.kube.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleTableTest {
  private static JsonObject only(String... lines) {
    List<JsonObject> objects = RoleTable.parse(List.of(lines));
    assertThat(objects).hasSize(1);
    return objects.getFirst();
  }

  private static Json yaml(String text) {
    return YamlReader.read(text);
  }

  @Test
  void aRoleHasTheRulesOfTheLinesBelowIt() {
    JsonObject role =
        only(
            "role reader",
            "  get,list core,apps: pods deployments/scale = one two",
            "",
            "# a comment",
            "  get /healthz /version/*");
    assertThat(role.text("kind")).isEqualTo("ClusterRole");
    assertThat(role.get("rules"))
        .isEqualTo(
            yaml(
                """
                - {verbs: [get, list], apiGroups: ['', apps], resources: [pods, deployments/scale], resourceNames: [one, two]}
                - {verbs: [get], nonResourceURLs: [/healthz, /version/*]}
                """));
  }

  @Test
  void aSlashMakesItOneOfANamespace() {
    JsonObject role = only("role kube-system/leader", "  get core: configmaps");
    assertThat(role.text("kind")).isEqualTo("Role");
    assertThat(role.objectAt("metadata").text("namespace")).isEqualTo("kube-system");
    assertThat(role.objectAt("metadata").text("name")).isEqualTo("leader");
  }

  @Test
  void labelsGiveRulesAndASelectorTakesThem() {
    JsonObject given = only("role a +aggregate-to-admin", "  get core: pods");
    assertThat(given.objectAt("metadata").objectAt("labels"))
        .isEqualTo(
            yaml(
                "{kubernetes.io/bootstrapping: rbac-defaults, rbac.authorization.k8s.io/aggregate-to-admin: 'true'}"));
    JsonObject taking = only("role admin <aggregate-to-admin");
    assertThat(taking.get("rules")).isEqualTo(Json.NULL);
    assertThat(taking.get("aggregationRule"))
        .isEqualTo(
            yaml(
                "{clusterRoleSelectors: [{matchLabels: {rbac.authorization.k8s.io/aggregate-to-admin: 'true'}}]}"));
  }

  @Test
  void aBindingNamesWhoHasARole() {
    JsonObject binding =
        only(
            "bind kube-public/all Role reader",
            "  group system:authenticated",
            "  user jane",
            "  account kube-system/default");
    assertThat(binding.text("kind")).isEqualTo("RoleBinding");
    assertThat(binding.get("roleRef"))
        .isEqualTo(yaml("{apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}"));
    assertThat(binding.get("subjects"))
        .isEqualTo(
            yaml(
                """
                - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: 'system:authenticated'}
                - {kind: User, apiGroup: rbac.authorization.k8s.io, name: jane}
                - {kind: ServiceAccount, name: default, namespace: kube-system}
                """));
  }

  @Test
  void aLineThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> RoleTable.parse(List.of("role a", "  get core: pods", "  get")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 3: get");
    assertThatThrownBy(() -> RoleTable.parse(List.of("bind a")))
        .hasMessageStartingWith("line 1: bind a");
  }
}
