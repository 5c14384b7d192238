package dev.pintle.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TypeRegistryTest {
  private final TypeRegistry registry = TypeRegistry.ofBuiltIns();

  private static ResourceType custom(String group, String version) {
    ResourceNames names =
        new ResourceNames("things", "thing", "Thing", "ThingList", List.of(), List.of());
    StorageStrategy storing =
        new StorageStrategy(
            "/registry/" + group + "/things", "", false, false, GenerationRule.SPEC);
    ResourceType.Serving serving =
        new ResourceType.Serving(Set.of(Verb.GET), List.of(), storing, List.of(), List.of(), null);
    return new ResourceType(
        new GroupVersion(group, version), names, true, serving, () -> SchemaNode.of(ValueKind.ANY));
  }

  @Test
  void aDefinitionAddsItsResourcesAndTakesThemAwayAgain() {
    TypeSnapshot before = registry.current();
    TypeSnapshot with =
        registry.publish("things.example.com", List.of(custom("example.com", "v1")));
    assertThat(with.version()).isGreaterThan(before.version());
    assertThat(with.resource(GroupVersion.parse("example.com/v1"), "things")).isNotNull();
    assertThat(before.serves(GroupVersion.parse("example.com/v1"))).isFalse();
    TypeSnapshot without = registry.publish("things.example.com", List.of());
    assertThat(without.serves(GroupVersion.parse("example.com/v1"))).isFalse();
    assertThat(without.version()).isGreaterThan(with.version());
  }

  @Test
  void everyListenerHearsOfAChangeUntilItLeaves() {
    List<String> told = new java.util.ArrayList<>();
    TypeRegistry.Subscription first = registry.whenChanged(() -> told.add("first"));
    registry.whenChanged(() -> told.add("second"));
    registry.publish("things.example.com", List.of(custom("example.com", "v1")));
    first.close();
    registry.publish("things.example.com", List.of());
    assertThat(told).containsExactly("first", "second", "second");
  }

  @Test
  void customGroupsComeAfterBuiltInOnesByNameAndVersionsByMaturity() {
    registry.publish(
        "b", List.of(custom("b.example.com", "v1alpha1"), custom("b.example.com", "v1")));
    registry.publish(
        "a", List.of(custom("a.example.com", "v1beta2"), custom("a.example.com", "v2")));
    List<ApiGroup> groups = registry.current().groups();
    assertThat(groups.subList(groups.size() - 2, groups.size()))
        .containsExactly(
            new ApiGroup("a.example.com", List.of("v2", "v1beta2")),
            new ApiGroup("b.example.com", List.of("v1", "v1alpha1")));
  }

  @Test
  void versionsThatLookLikeNoneComeLast() {
    List<String> versions =
        new java.util.ArrayList<>(List.of("foo", "v1alpha1", "v10", "v2", "v1beta1", "bar", "v1"));
    versions.sort(GroupOrder.BY_MATURITY);
    assertThat(versions).containsExactly("v10", "v2", "v1", "v1beta1", "v1alpha1", "bar", "foo");
  }

  @Test
  void whatIsBuiltInKeepsItsPlace() {
    TypeSnapshot before = registry.current();
    TypeSnapshot after =
        registry.publish(
            "things.apps",
            List.of(custom("apps", "v1"), custom("apps", "v9"), custom("batch", "v1")));

    assertThat(after.resources()).isEqualTo(before.resources());
    assertThat(after.groups()).isEqualTo(before.groups());
  }

  @Test
  void aVersionThatAnotherServerHasIsItsOwn() {
    GroupVersion version = GroupVersion.parse("example.com/v1");
    registry.publish("things.example.com", List.of(custom("example.com", "v1")));
    registry.announce(List.of(new AggregatedGroupVersion(version, 100, false)));

    assertThat(registry.current().serves(version)).isFalse();
    assertThat(registry.current().isElsewhere(version)).isTrue();

    registry.announce(List.of());

    assertThat(registry.current().serves(version)).isTrue();
  }
}
