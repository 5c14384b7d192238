package dev.pintle.kube.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.UserInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesAndBindingsTest {
  private static JsonObject yaml(String text) {
    return (JsonObject) YamlReader.read(text);
  }

  private static UserInfo user(String name, String... groups) {
    return new UserInfo(name, "", List.of(groups), Map.of());
  }

  private static RoleBinding binding(String namespace, String subjects) {
    return RoleBinding.of(
        yaml(
            "{metadata: {name: b}, roleRef: {kind: ClusterRole, name: r}, subjects: %s}"
                .formatted(subjects)),
        namespace);
  }

  @Test
  void anAccountWithoutANamespaceIsOneOfTheBindingsOwn() {
    RoleBinding binding = binding("here", "[{kind: ServiceAccount, name: robot}]");

    assertThat(binding.subjectOf(user("system:serviceaccount:here:robot"))).isNotNull();
    assertThat(binding.subjectOf(user("system:serviceaccount:there:robot"))).isNull();
    assertThat(binding("", "[{kind: ServiceAccount, name: robot}]").subjectOf(user("robot")))
        .isNull();
  }

  @Test
  void aUserIsNoGroupAndAGroupIsNoUser() {
    RoleBinding binding = binding("", "[{kind: User, name: a}, {kind: Group, name: b}]");

    assertThat(binding.subjectOf(user("a"))).isNotNull();
    assertThat(binding.subjectOf(user("x", "a"))).isNull();
    assertThat(binding.subjectOf(user("x", "b"))).isNotNull();
    assertThat(binding.subjectOf(user("b"))).isNull();
  }

  @Test
  void aSubjectOfAnUnknownKindIsNobody() {
    assertThat(binding("", "[{kind: user, name: a}, {name: a}]").subjectOf(user("a"))).isNull();
  }

  @Test
  void theReasonNamesTheBindingTheRoleAndTheSubject() {
    RoleBinding inside = binding("ns", "[{kind: ServiceAccount, name: robot, namespace: other}]");
    RoleBinding wide = binding("", "[{kind: Group, name: g}]");

    assertThat(inside.allowing(inside.subjects().getFirst()).reason())
        .isEqualTo(
            "RBAC: allowed by RoleBinding \"b/ns\" of ClusterRole \"r\" to ServiceAccount \"robot/other\"");
    assertThat(wide.allowing(wide.subjects().getFirst()).reason())
        .isEqualTo("RBAC: allowed by ClusterRoleBinding \"b\" of ClusterRole \"r\" to Group \"g\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | false",
        "[{}] | true",
        "[{matchLabels: {a: b}}] | true",
        "[{matchLabels: {a: c}}] | false",
        "[{matchLabels: {a: c}}, {matchLabels: {a: b}}] | true",
        "[{matchLabels: {a: b, x: y}}] | false",
        "[{matchExpressions: [{key: a, operator: In, values: [c, b]}]}] | true",
        "[{matchExpressions: [{key: a, operator: NotIn, values: [b]}]}] | false",
        "[{matchExpressions: [{key: x, operator: NotIn, values: [b]}]}] | true",
        "[{matchExpressions: [{key: a, operator: Exists}]}] | true",
        "[{matchExpressions: [{key: a, operator: DoesNotExist}]}] | false",
        "[{matchExpressions: [{key: x, operator: DoesNotExist}]}] | true"
      })
  void aRoleGathersThoseWhoseLabelsAnyOfItsSelectorsChooses(String selectors, boolean gathered) {
    Role gathering =
        Role.of(
            yaml(
                "{metadata: {name: all}, aggregationRule: {clusterRoleSelectors: %s}}"
                    .formatted(selectors)));

    assertThat(gathering.gathers(Role.of(yaml("{metadata: {name: one, labels: {a: b}}}"))))
        .isEqualTo(gathered);
  }

  @Test
  void aRoleWithoutARuleOfGatheringGathersNothing() {
    Role plain = Role.of(yaml("{metadata: {name: r}, rules: [{verbs: [get]}]}"));

    assertThat(plain.gathers(plain)).isFalse();
    assertThat(plain.rules()).hasSize(1);
  }
}
