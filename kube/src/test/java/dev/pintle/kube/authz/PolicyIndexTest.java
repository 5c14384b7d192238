package dev.pintle.kube.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.request.UserInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PolicyIndexTest {
  private static final int CHANGES = 20_000;

  private final PolicyIndex index = new PolicyIndex();
  private final TreeMap<String, RoleBinding> plain = new TreeMap<>();

  @Test
  void bindingsAreFoundAsByLookingAtAll() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < CHANGES; i++) {
      change(random);
      if (i % 20 == 0) {
        compare(caller(random), random.nextBoolean() ? "" : "ns" + random.nextInt(3));
      }
    }
  }

  private void change(SplittableRandom random) {
    String namespace = random.nextInt(3) == 0 ? "" : "ns" + random.nextInt(3);
    String name = "b%03d".formatted(random.nextInt(60));
    String key = namespace + "/" + name;
    if (random.nextInt(4) == 0) {
      plain.remove(key);
      index.removeBinding(Bytes.utf8(key));
      return;
    }
    List<Subject> subjects = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      subjects.add(subject(random));
    }
    RoleBinding binding =
        new RoleBinding(namespace, name, "ClusterRole", "r" + random.nextInt(5), subjects);
    plain.put(key, binding);
    index.putBinding(Bytes.utf8(key), binding);
  }

  private static Subject subject(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Subject("User", "", "u" + random.nextInt(4));
      case 1 -> new Subject("Group", "", "g" + random.nextInt(4));
      default -> new Subject("ServiceAccount", "ns" + random.nextInt(2), "a" + random.nextInt(2));
    };
  }

  private static UserInfo caller(SplittableRandom random) {
    String name =
        random.nextBoolean()
            ? "u" + random.nextInt(4)
            : "system:serviceaccount:ns%d:a%d".formatted(random.nextInt(2), random.nextInt(2));
    return new UserInfo(
        name, "", List.of("g" + random.nextInt(4), "g" + random.nextInt(4)), Map.of());
  }

  /// What is given is the same, and comes in the same order, though of bindings to one role not all are told.
  private void compare(UserInfo caller, String namespace) {
    Set<String> roles = new LinkedHashSet<>();
    for (RoleBinding binding : plain.values()) {
      if (binding.namespace().equals(namespace) && binding.subjectOf(caller) != null) {
        roles.add(binding.roleName());
      }
    }
    List<RoleBinding> found = index.bindings(caller, namespace);
    Set<String> foundRoles = new LinkedHashSet<>();
    for (RoleBinding binding : found) {
      assertThat(binding).isEqualTo(plain.get(namespace + "/" + binding.name()));
      assertThat(binding.subjectOf(caller)).isNotNull();
      foundRoles.add(binding.roleName());
    }
    assertThat(foundRoles).containsExactlyElementsOf(roles);
    assertThat(found).isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()));
  }

  @Test
  void aRoleThatGathersFollowsTheRolesThatItGathers() {
    Role gathering =
        Role.of(
            (dev.pintle.kube.object.JsonObject)
                dev.pintle.kube.object.JsonReader.read(
                    Bytes.utf8(
                            """
                            {"metadata":{"name":"all"},
                             "aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"to":"all"}}]}}\
                            """)
                        .array()));
    PolicyRule rule = PolicyRule.forResources("get", "", "pods");
    index.putRole(Bytes.utf8("all"), "", gathering);
    assertThat(index.rules("", "all")).isEmpty();

    index.putRole(
        Bytes.utf8("part"), "", new Role("part", Map.of("to", "all"), List.of(rule), List.of()));
    assertThat(index.rules("", "all")).containsExactly(rule);

    index.removeRole(Bytes.utf8("part"));
    assertThat(index.rules("", "all")).isEmpty();
    assertThat(index.rules("", "part")).isEmpty();
  }
}
