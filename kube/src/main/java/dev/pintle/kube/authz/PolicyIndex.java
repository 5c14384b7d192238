package dev.pintle.kube.authz;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.request.UserInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The index of RBAC roles by their name, and of bindings by whom they name. One thread at a time changes it; any thread
/// may ask meanwhile, and sees each role and binding whole.
final class PolicyIndex {

  private final Map<Bytes, RoleBinding> bindings = new HashMap<>();
  private final Map<Holder, Grants> grants = new ConcurrentHashMap<>();
  private final Map<RoleName, Role> roles = new ConcurrentHashMap<>();
  private final Map<Bytes, RoleName> roleNames = new HashMap<>();
  // What roles that gather have of others; made when asked for, forgotten when a role changes.
  private volatile Map<RoleName, List<PolicyRule>> gathered = new ConcurrentHashMap<>();

  /// The subject of a binding, and the namespace in which it holds.
  private record Holder(String namespace, Subject subject) {}

  /// The name of a role.
  ///
  /// @param namespace empty for one of the whole cluster
  private record RoleName(String namespace, String name) {}

  /// The grants of one subject in one place: by role, the bindings that name it in the order of their names.
  private static final class Grants {
    private final Map<String, ConcurrentSkipListMap<String, RoleBinding>> byRole =
        new ConcurrentHashMap<>();

    void add(RoleBinding binding) {
      byRole
          .computeIfAbsent(role(binding), _ -> new ConcurrentSkipListMap<>())
          .put(binding.name(), binding);
    }

    void remove(RoleBinding binding) {
      byRole.computeIfPresent(
          role(binding),
          (_, named) -> {
            named.remove(binding.name());
            return named.isEmpty() ? null : named;
          });
    }

    private static String role(RoleBinding binding) {
      return binding.roleKind() + "/" + binding.roleName();
    }
  }

  void putBinding(Bytes key, RoleBinding binding) {
    RoleBinding before = bindings.put(key, binding);
    for (Subject subject : binding.subjects()) {
      grants
          .computeIfAbsent(new Holder(binding.namespace(), subject), _ -> new Grants())
          .add(binding);
    }
    if (before != null) {
      forget(before, binding);
    }
  }

  void removeBinding(Bytes key) {
    RoleBinding before = bindings.remove(key);
    if (before != null) {
      forget(before, null);
    }
  }

  /// @param instead what took its place, if anything
  private void forget(RoleBinding before, @Nullable RoleBinding instead) {
    boolean sameRole = instead != null && Grants.role(instead).equals(Grants.role(before));
    for (Subject subject : before.subjects()) {
      if (sameRole && instead != null && instead.subjects().contains(subject)) {
        continue;
      }
      grants.computeIfPresent(
          new Holder(before.namespace(), subject),
          (_, held) -> {
            held.remove(before);
            return held.byRole.isEmpty() ? null : held;
          });
    }
  }

  void putRole(Bytes key, String namespace, Role role) {
    RoleName name = new RoleName(namespace, role.name());
    roleNames.put(key, name);
    roles.put(name, role);
    gathered = new ConcurrentHashMap<>();
  }

  void removeRole(Bytes key) {
    RoleName name = roleNames.remove(key);
    if (name != null) {
      roles.remove(name);
      gathered = new ConcurrentHashMap<>();
    }
  }

  /// The bindings that name the caller, in the order of their names; of those that name the same role for the same subject, the
  /// first.
  ///
  /// @param namespace empty for those of the whole cluster
  List<RoleBinding> bindings(UserInfo caller, String namespace) {
    Set<RoleBinding> found = new LinkedHashSet<>();
    collect(new Holder(namespace, new Subject("User", "", caller.name())), found);
    for (String group : caller.groups()) {
      collect(new Holder(namespace, new Subject("Group", "", group)), found);
    }
    if (caller.name().startsWith(UserInfo.ACCOUNT_PREFIX)) {
      int colon = caller.name().indexOf(':', UserInfo.ACCOUNT_PREFIX.length());
      if (colon > 0) {
        String place = caller.name().substring(UserInfo.ACCOUNT_PREFIX.length(), colon);
        String name = caller.name().substring(colon + 1);
        collect(new Holder(namespace, new Subject("ServiceAccount", place, name)), found);
      }
    }
    List<RoleBinding> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparing(RoleBinding::name));
    return sorted;
  }

  private void collect(Holder holder, Set<RoleBinding> found) {
    Grants held = grants.get(holder);
    if (held == null) {
      return;
    }
    for (ConcurrentSkipListMap<String, RoleBinding> named : held.byRole.values()) {
      var first = named.firstEntry();
      if (first != null) {
        found.add(first.getValue());
      }
    }
  }

  /// The rules of a role; none when there is no such role.
  ///
  /// @param namespace empty for one of the whole cluster
  List<PolicyRule> rules(String namespace, String name) {
    RoleName asked = new RoleName(namespace, name);
    Map<RoleName, List<PolicyRule>> known = gathered;
    Role role = roles.get(asked);
    if (role == null) {
      return List.of();
    }
    return role.gathers().isEmpty()
        ? role.rules()
        : known.computeIfAbsent(asked, _ -> gathered(role));
  }

  /// Its own rules and those of all roles that it gathers, and that those gather.
  private List<PolicyRule> gathered(Role first) {
    Collection<Role> all =
        roles.entrySet().stream()
            .filter(entry -> entry.getKey().namespace().isEmpty())
            .map(Map.Entry::getValue)
            .sorted(Comparator.comparing(Role::name))
            .toList();
    Set<Role> known = new LinkedHashSet<>(List.of(first));
    Deque<Role> left = new ArrayDeque<>(known);
    while (!left.isEmpty()) {
      Role next = left.remove();
      for (Role role : all) {
        if (next.gathers(role) && known.add(role)) {
          left.add(role);
        }
      }
    }
    return known.stream().flatMap(role -> role.rules().stream()).distinct().toList();
  }
}
