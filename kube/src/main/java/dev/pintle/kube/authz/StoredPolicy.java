package dev.pintle.kube.authz;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/// The roles and bindings in the store, as a [PolicyIndex] that is brought up to the store before it is asked. What that costs
/// grows with the roles and bindings that changed, not with how many there are.
final class StoredPolicy {
  private static final GroupVersion RBAC = new GroupVersion("rbac.authorization.k8s.io", "v1");
  private static final int KINDS = 4;

  private final TypeRegistry types;
  private final ReentrantLock indexing = new ReentrantLock();
  private volatile Indexed indexed = new Indexed(new PolicyIndex(), 0);

  /// An index of the policy as it stood at a revision.
  ///
  /// @param revision up to which the index knows the store
  private record Indexed(PolicyIndex index, long revision) {}

  StoredPolicy(TypeRegistry types) {
    this.types = types;
  }

  /// The bindings that name the caller, in the order of their names; of those that name the same role for the same subject, the
  /// first.
  ///
  /// @param namespace empty for those of the whole cluster
  List<RoleBinding> bindings(UserInfo caller, String namespace, ObjectView view) {
    return upTo(view).bindings(caller, namespace);
  }

  /// The rules of a role; none when there is no such role.
  ///
  /// @param wide whether it is one of the whole cluster
  List<PolicyRule> rules(boolean wide, String namespace, String name, ObjectView view) {
    return upTo(view).rules(wide ? "" : namespace, name);
  }

  /// Whether the index knows all that the view knows, or can without reading an object.
  boolean isUpTo(ObjectView view) {
    Indexed now = indexed;
    return now.revision() >= view.revision()
        || (view.compactedRevision() <= now.revision() && changedKeys(now, view).isEmpty());
  }

  private PolicyIndex upTo(ObjectView view) {
    Indexed now = indexed;
    if (now.revision() >= view.revision()) {
      return now.index();
    }
    indexing.lock();
    try {
      if (indexed.revision() < view.revision()) {
        indexed = next(indexed, view);
      }
      return indexed.index();
    } finally {
      indexing.unlock();
    }
  }

  private Indexed next(Indexed before, ObjectView view) {
    // Deletions that compaction has forgotten cannot be followed.
    Indexed base =
        view.compactedRevision() > before.revision() ? new Indexed(new PolicyIndex(), 0) : before;
    for (Changed changed : changedKeys(base, view)) {
      read(base.index(), changed, view);
    }
    return new Indexed(base.index(), view.revision());
  }

  /// A role or binding that was written or deleted.
  private record Changed(int kind, ResourceType type, Bytes key) {}

  private List<Changed> changedKeys(Indexed since, ObjectView view) {
    List<Changed> changed = new ArrayList<>(0);
    for (int kind = 0; kind < KINDS; kind++) {
      ResourceType type = type(kind);
      int of = kind;
      view.changedKeys(
          Keys.range(type, ""), since.revision(), key -> changed.add(new Changed(of, type, key)));
    }
    return changed;
  }

  private static void read(PolicyIndex index, Changed changed, ObjectView view) {
    List<KeyValue> found = view.range(RangeRequest.of(KeyRange.point(changed.key()))).entries();
    boolean binding = changed.kind() >= 2;
    if (found.isEmpty()) {
      if (binding) {
        index.removeBinding(changed.key());
      } else {
        index.removeRole(changed.key());
      }
      return;
    }
    JsonObject tree = view.read(changed.type(), found.getFirst()).tree();
    String place = tree.objectAt("metadata").textOrEmpty("namespace");
    if (binding) {
      index.putBinding(changed.key(), RoleBinding.of(tree, place));
    } else {
      index.putRole(changed.key(), place, Role.of(tree));
    }
  }

  /// Roles before bindings.
  private ResourceType type(int kind) {
    String plural =
        switch (kind) {
          case 0 -> "clusterroles";
          case 1 -> "roles";
          case 2 -> "clusterrolebindings";
          default -> "rolebindings";
        };
    return Objects.requireNonNull(types.current().resource(RBAC, plural), plural);
  }
}
