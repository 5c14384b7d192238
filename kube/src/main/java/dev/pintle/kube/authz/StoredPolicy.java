package dev.pintle.kube.authz;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The roles and bindings in the store. What was read of an object is remembered as long as it does not change.
final class StoredPolicy {
  private static final GroupVersion RBAC = new GroupVersion("rbac.authorization.k8s.io", "v1");
  private static final int REMEMBERED_MAX = 10_000;

  private final TypeRegistry types;
  private final Map<Bytes, Read> remembered = new ConcurrentHashMap<>();

  private record Read(long version, Object value) {}

  StoredPolicy(TypeRegistry types) {
    this.types = types;
  }

  /// @param namespace empty for those of the whole cluster
  List<Binding> bindings(String namespace, ObjectView view) {
    ResourceType type = type(namespace.isEmpty() ? "clusterrolebindings" : "rolebindings");
    List<Binding> bindings = new ArrayList<>();
    for (KeyValue kv : view.range(RangeRequest.of(Keys.range(type, namespace))).entries()) {
      bindings.add(read(type, kv, view, Binding.class, object -> Binding.of(object, namespace)));
    }
    return bindings;
  }

  /// The rules of a role; none when there is no such role.
  ///
  /// @param wide whether it is one of the whole cluster
  List<PolicyRule> rules(boolean wide, String namespace, String name, ObjectView view) {
    ResourceType type = type(wide ? "clusterroles" : "roles");
    Bytes key = Keys.object(type, wide ? "" : namespace, name);
    List<KeyValue> found = view.range(RangeRequest.of(KeyRange.point(key))).entries();
    if (found.isEmpty()) {
      return List.of();
    }
    Role role = read(type, found.getFirst(), view, Role.class, Role::of);
    return role.gathers().isEmpty() ? role.rules() : gathered(role, type, view);
  }

  /// Its own rules and those of all roles that it gathers, and that those gather.
  private List<PolicyRule> gathered(Role first, ResourceType type, ObjectView view) {
    List<Role> all = new ArrayList<>();
    for (KeyValue kv : view.range(RangeRequest.of(Keys.range(type, ""))).entries()) {
      all.add(read(type, kv, view, Role.class, Role::of));
    }
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

  private <T> T read(
      ResourceType type,
      KeyValue kv,
      ObjectView view,
      Class<T> kind,
      Function<JsonObject, T> reader) {
    Read known = remembered.get(kv.key());
    if (known != null && known.version() == kv.modRevision()) {
      return kind.cast(known.value());
    }
    T value = reader.apply(view.read(type, kv).tree());
    if (remembered.size() >= REMEMBERED_MAX) {
      remembered.clear();
    }
    remembered.put(kv.key(), new Read(kv.modRevision(), Objects.requireNonNull(value)));
    return value;
  }

  private ResourceType type(String plural) {
    return Objects.requireNonNull(types.current().resource(RBAC, plural), plural);
  }
}
