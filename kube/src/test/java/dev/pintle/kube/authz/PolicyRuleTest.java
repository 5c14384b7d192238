package dev.pintle.kube.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The side roads of rights: sub-resources, names, groups and patterns of paths.
class PolicyRuleTest {
  private static PolicyRule rule(String yaml) {
    return PolicyRule.of((JsonObject) YamlReader.read(yaml));
  }

  private static RequestInfo of(
      String verb, String group, String resource, String name, String subresource) {
    return new RequestInfo(
        verb, "", new GroupVersion(group, "v1"), "ns", resource, name, subresource, 0);
  }

  private static boolean allowsPath(String listed, String path) {
    return rule("{verbs: [get], nonResourceURLs: ['%s']}".formatted(listed))
        .allows(new RequestInfo("get", path, null, "", "", "", "", 0));
  }

  @ParameterizedTest
  @CsvSource({
    "pods, pods, '', true",
    "pods, pods, status, false",
    "pods/status, pods, status, true",
    "pods/status, pods, '', false",
    "'*', pods, '', true",
    "'*', pods, exec, true",
    "'*/exec', pods, exec, true",
    "'*/exec', services, exec, true",
    "'*/exec', pods, '', false",
    "'*/exec', exec, '', false",
    "'pods/*', pods, exec, false",
    "Pods, pods, '', false"
  })
  void aRuleForAResourceIsNoneForItsParts(
      String listed, String resource, String subresource, boolean allowed) {
    PolicyRule rule = rule("{verbs: [get], apiGroups: [''], resources: ['%s']}".formatted(listed));

    assertThat(rule.allows(of("get", "", resource, "a", subresource))).isEqualTo(allowed);
  }

  @Test
  void namesHoldForThatNameAndNotForTheCollection() {
    PolicyRule rule =
        rule("{verbs: ['*'], apiGroups: [''], resources: [pods], resourceNames: [a]}");

    assertThat(rule.allows(of("get", "", "pods", "a", ""))).isTrue();
    assertThat(rule.allows(of("get", "", "pods", "b", ""))).isFalse();
    assertThat(rule.allows(of("list", "", "pods", "", ""))).isFalse();
    assertThat(rule.allows(of("create", "", "pods", "", ""))).isFalse();
    RequestInfo selecting =
        new RequestInfo("list", "", new GroupVersion("", "v1"), "ns", "pods", "", "", 0, "a", "");
    assertThat(rule.allows(selecting)).isTrue();
  }

  @Test
  void theGroupCountsAlsoWhereTheResourceIsAnything() {
    PolicyRule core = rule("{verbs: [get], apiGroups: [''], resources: ['*']}");

    assertThat(core.allows(of("get", "", "pods", "a", ""))).isTrue();
    assertThat(core.allows(of("get", "apps", "deployments", "a", ""))).isFalse();
    assertThat(rule("{verbs: [get], resources: ['*']}").allows(of("get", "", "pods", "a", "")))
        .isFalse();
  }

  @Test
  void anyVerbIsAnyVerbAndOneIsOne() {
    PolicyRule some = rule("{verbs: [get, list], apiGroups: ['*'], resources: ['*']}");

    assertThat(some.allows(of("list", "a", "b", "", ""))).isTrue();
    assertThat(some.allows(of("watch", "a", "b", "", ""))).isFalse();
    assertThat(some.allows(of("deletecollection", "a", "b", "", ""))).isFalse();
    assertThat(
            rule("{verbs: ['*'], apiGroups: ['*'], resources: ['*']}")
                .allows(of("approve", "a", "b", "", "")))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/healthz, /healthz, true",
    "/healthz, /healthz/, false",
    "/healthz, /healthz/etcd, false",
    "/healthz/*, /healthz/etcd, true",
    "/healthz/*, /healthz, false",
    "/healthz*, /healthzzz, true",
    "/a**, /abc, true",
    "'*', /anything, true",
    "/*/b, /a/b, false",
    "/*/b, /*/b, true"
  })
  void aPathEndsWithAStarOrIsMeantAsItStands(String listed, String path, boolean allowed) {
    assertThat(allowsPath(listed, path)).isEqualTo(allowed);
  }

  @Test
  void aRuleOfResourcesIsNoneOfPathsAndTheOtherWayRound() {
    RequestInfo path = new RequestInfo("get", "/healthz", null, "", "", "", "", 0);

    assertThat(rule("{verbs: ['*'], apiGroups: ['*'], resources: ['*']}").allows(path)).isFalse();
    assertThat(
            rule("{verbs: ['*'], nonResourceURLs: ['*']}").allows(of("get", "", "pods", "a", "")))
        .isFalse();
  }

  /// What nobody may give who does not have it: the guard against making oneself a mightier role.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{verbs: [get], apiGroups: [''], resources: [pods]} | {verbs: [get], apiGroups: [''], resources: [pods], resourceNames: [a]} | true",
        "{verbs: [get], apiGroups: [''], resources: [pods], resourceNames: [a]} | {verbs: [get], apiGroups: [''], resources: [pods]} | false",
        "{verbs: [get], apiGroups: [''], resources: [pods], resourceNames: [a]} | {verbs: [get], apiGroups: [''], resources: [pods], resourceNames: [a]} | true",
        "{verbs: [get], apiGroups: [''], resources: ['*/status']} | {verbs: [get], apiGroups: [''], resources: [pods/status]} | true",
        "{verbs: [get], apiGroups: [''], resources: [pods/status]} | {verbs: [get], apiGroups: [''], resources: ['*/status']} | false",
        "{verbs: [get], apiGroups: [''], resources: [pods]} | {verbs: [get], apiGroups: [''], resources: [pods/status]} | false",
        "{verbs: [get], apiGroups: [''], resources: ['*']} | {verbs: ['*'], apiGroups: [''], resources: [pods]} | false",
        "{verbs: ['*'], apiGroups: ['*'], resources: ['*']} | {verbs: ['*'], apiGroups: ['*'], resources: ['*']} | true",
        "{verbs: ['*'], nonResourceURLs: [/a/*]} | {verbs: [get], nonResourceURLs: [/a/b]} | true",
        "{verbs: ['*'], nonResourceURLs: [/a/*]} | {verbs: [get], nonResourceURLs: [/a*]} | false",
        "{verbs: ['*'], apiGroups: ['*'], resources: ['*']} | {verbs: [get], nonResourceURLs: [/a]} | false"
      })
  void whoHasTheOneMayGiveTheOther(String had, String given, boolean covered) {
    assertThat(rule(given).smallest())
        .allSatisfy(small -> assertThat(rule(had).covers(small)).isEqualTo(covered));
  }

  @Test
  void aRuleFallsIntoOneForEachThingItAllows() {
    PolicyRule rule =
        rule(
            "{verbs: [get, list], apiGroups: ['', apps], resources: [a, b], resourceNames: [x, w], nonResourceURLs: [/z]}");

    assertThat(rule.smallest()).hasSize(2 * 2 * 2 * 2 + 2);
  }

  @Test
  void rulesThatDifferInVerbsAloneAreToldAsOne() {
    List<PolicyRule> joined =
        PolicyRule.joined(
            List.of(
                PolicyRule.forResources("get", "", "pods"),
                PolicyRule.forPaths("get", "/a"),
                PolicyRule.forResources("list", "", "pods"),
                PolicyRule.forPaths("post", "/a")));

    assertThat(joined)
        .extracting(PolicyRule::toString)
        .containsExactly(
            "{NonResourceURLs:[\"/a\"], Verbs:[\"get\"]}",
            "{NonResourceURLs:[\"/a\"], Verbs:[\"post\"]}",
            "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"get\" \"list\"]}");
  }
}
