package dev.pintle.kube.quota;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredTypes;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.List;

/// The count of what all objects of a namespace use of a quota.
record UsageCount(StoredTypes types, UsageEvaluators evaluators) {

  /// @param hard what the quota limits
  /// @return the amounts of what anything is known of
  ResourceAmounts of(
      ResourceAmounts hard, List<QuotaScope> scopes, String namespace, ObjectView view) {
    ResourceAmounts used = ResourceAmounts.none();
    for (ResourceType type : types.all()) {
      UsageEvaluator evaluator = evaluators.of(type);
      if (evaluator != null) {
        List<String> names =
            hard.values().keySet().stream().filter(name -> evaluator.measures(name, view)).toList();
        if (!names.isEmpty()) {
          ResourceAmounts ofType = ofType(type, evaluator, scopes, namespace, view);
          names.forEach(name ->
              used.values()
                  .merge(
                      name,
                      ofType.values().getOrDefault(name, Quantity.ZERO),
                      (one, other) -> one.sign() == 0 ? other : one.plus(other)));
        }
      }
    }
    return used;
  }

  private static ResourceAmounts ofType(
      ResourceType type,
      UsageEvaluator evaluator,
      List<QuotaScope> scopes,
      String namespace,
      ObjectView view) {
    if (!scopes.isEmpty() && !evaluator.hasScopes()) {
      return ResourceAmounts.none();
    }
    if (evaluator instanceof ObjectCount count) {
      return count.times(view.count(type, namespace));
    }
    List<QuotaScope> different = scopes.stream().distinct().toList();
    ResourceAmounts used = ResourceAmounts.none();
    UsageEvaluator ofAll = evaluator.overAll(namespace, view);
    view.eachPart(
        Keys.range(type, namespace),
        some -> {
          for (KeyValue kv : some) {
            JsonObject object = view.read(type, kv).tree();
            if (different.stream().allMatch(scope -> evaluator.matches(scope, object))) {
              ofAll
                  .usage(object, namespace, view)
                  .values()
                  .forEach((name, amount) -> used.values().merge(name, amount, Quantity::plus));
            }
          }
        });
    return used;
  }
}
