package dev.pintle.kube.admission.policy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.admission.match.MatchCriteria;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The policies of one family in the store that are bound, in the order of their names, brought up to the store before they are asked: who
/// was told that a policy is written is judged by it. What that costs grows with the policies and bindings that changed, and
/// nearly nothing where none did.
final class PoliciesInForce<P> {
  private final Function<String, ResourceType> types;
  private final PolicyFamily family;
  private final Function<JsonObject, P> compiler;
  private final FoundParams params = new FoundParams();
  private final ReentrantLock indexing = new ReentrantLock();

  /// Of all policies, bound or not. Guarded by `indexing`, as is the next.
  private final Map<Bytes, Known<P>> policies = new TreeMap<>();

  private final Map<Bytes, Bound> bindings = new TreeMap<>();
  private volatile InForce<P> inForce = new InForce<>(List.of(), 0);

  /// The policies in force at a revision.
  private record InForce<P>(List<BoundPolicy<P>> policies, long revision) {}

  private record Known<P>(
      String name, JsonObject spec, MatchCriteria constraints, CompiledPolicy<P> program) {}

  private record Bound(String policy, PolicyBinding binding) {}

  /// @param types finds the resources of the group by their plural
  /// @param compiler makes the program of a policy of its `spec`
  PoliciesInForce(
      Function<String, ResourceType> types, PolicyFamily family, Function<JsonObject, P> compiler) {
    this.types = types;
    this.family = family;
    this.compiler = compiler;
  }

  List<BoundPolicy<P>> at(ObjectView view) {
    InForce<P> now = inForce;
    if (now.revision() >= view.revision()) {
      return now.policies();
    }
    indexing.lock();
    try {
      if (inForce.revision() < view.revision()) {
        inForce = next(inForce, view);
      }
      return inForce.policies();
    } finally {
      indexing.unlock();
    }
  }

  private InForce<P> next(InForce<P> before, ObjectView view) {
    long since = before.revision();
    if (view.compactedRevision() > since) {
      // Deletions that compaction has forgotten cannot be followed.
      since = 0;
      policies.clear();
      bindings.clear();
    }
    boolean changed = since == 0;
    List<String> plurals = family.plurals();
    for (int kind = 0; kind < plurals.size(); kind++) {
      ResourceType type = types.apply(plurals.get(kind));
      List<Bytes> keys = new ArrayList<>(0);
      view.changedKeys(Keys.range(type, ""), since, keys::add);
      for (Bytes key : keys) {
        read(kind > 0, type, key, view);
        changed = true;
      }
    }
    return new InForce<>(changed ? bound() : before.policies(), view.revision());
  }

  private void read(boolean binding, ResourceType type, Bytes key, ObjectView view) {
    List<KeyValue> found = view.range(RangeRequest.of(KeyRange.point(key))).entries();
    if (found.isEmpty()) {
      (binding ? bindings : policies).remove(key);
      return;
    }
    JsonObject tree = view.read(type, found.getFirst()).tree();
    String name = tree.objectOrEmpty("metadata").textOrEmpty("name");
    JsonObject spec = tree.objectOrEmpty("spec");
    if (binding) {
      PolicyBinding bound = PolicyBinding.of(name, spec, params);
      bindings.put(key, new Bound(spec.textOrEmpty("policyName"), bound));
      return;
    }
    Known<P> known = policies.get(key);
    if (known == null || !known.spec().equals(spec)) {
      policies.put(key, known(name, spec));
    }
  }

  private Known<P> known(String name, JsonObject spec) {
    MatchCriteria constraints = MatchCriteria.ofPolicy(spec.objectOrEmpty("matchConstraints"));
    return new Known<>(name, spec, constraints, new CompiledPolicy<>(spec, compiler));
  }

  private List<BoundPolicy<P>> bound() {
    Map<String, List<PolicyBinding>> byPolicy = new HashMap<>();
    bindings
        .values()
        .forEach(bound ->
            byPolicy.computeIfAbsent(bound.policy(), _ -> new ArrayList<>()).add(bound.binding()));
    List<BoundPolicy<P>> all = new ArrayList<>();
    for (Known<P> policy : policies.values()) {
      List<PolicyBinding> of = byPolicy.get(policy.name());
      if (of != null) {
        all.add(
            new BoundPolicy<>(
                policy.name(), policy.spec(), policy.constraints(), policy.program(), of));
      }
    }
    return List.copyOf(all);
  }
}
