package dev.pintle.kube.quota;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The check of one write against the quotas of its namespace: what it uses of each, or why it may not. By upstream's rules, in its
/// order and words.
final class QuotaCheck {
  private final List<LimitedResource> limited;
  private final UsageEvaluator evaluator;
  private final AdmissionRequest request;
  private final JsonObject object;
  private final ObjectView view;

  /// What every quota that says anything of the object limits of it.
  private final Set<String> covered = new TreeSet<>();

  private final List<QuotaScope> coveredScopes = new ArrayList<>();

  /// The amounts of a quota that a write uses.
  record Charge(Quota quota, ResourceAmounts requested) {
    /// The outcome for one that uses as much as `used` already.
    ResourceAmounts over(ResourceAmounts used) {
      return used.and(requested);
    }

    /// What there would be more of than may be, if so much were used with the write.
    List<String> exceeded(ResourceAmounts now) {
      List<String> exceeded = new ArrayList<>(0);
      for (String name : requested.values().keySet()) {
        if (now.amount(name).compareTo(quota.hard().amount(name)) > 0) {
          exceeded.add(name);
        }
      }
      return exceeded;
    }
  }

  QuotaCheck(
      List<LimitedResource> limited,
      UsageEvaluator evaluator,
      AdmissionRequest request,
      JsonObject object,
      ObjectView view) {
    this.limited = limited;
    this.evaluator = evaluator;
    this.request = request;
    this.object = object;
    this.view = view;
  }

  /// What the write uses of each quota of which it uses anything.
  ///
  /// @throws StatusError that refuses it
  List<Charge> charges(List<Quota> quotas) {
    List<Quota> concerned = new ArrayList<>(quotas.size());
    for (Quota quota : quotas) {
      if (concerns(quota)) {
        concerned.add(quota);
      }
    }
    String namespace = request.namespace();
    ResourceAmounts usage = evaluator.usage(object, namespace, view);
    requireNotNegative(usage);
    JsonObject old = request.action() == Action.UPDATE ? request.old() : null;
    ResourceAmounts growth =
        old == null
            ? UsageSums.withoutZeros(usage)
            : UsageSums.growth(usage, evaluator.usage(old, namespace, view));
    List<Charge> charges = new ArrayList<>();
    boolean uses = concerned.isEmpty() && !growth.values().isEmpty();
    for (Quota quota : concerned) {
      // What it counts only now it counts in full.
      ResourceAmounts used =
          old == null || isInScopes(quota, old) ? growth : UsageSums.withoutZeros(usage);
      uses |= !used.values().isEmpty();
      ResourceAmounts requested = UsageSums.masked(used, quota.hard().values().keySet());
      if (!requested.values().isEmpty()) {
        charges.add(new Charge(quota, requested));
      }
    }
    if (uses) {
      requireCovered(usage);
    }
    charges.forEach(this::requireRoom);
    return charges;
  }

  /// Whether the quota says anything of the object; told what it demands.
  private boolean concerns(Quota quota) {
    if (evaluator.hasScopes()) {
      quota.scopes().stream()
          .filter(scope -> evaluator.matches(scope, object))
          .forEach(coveredScopes::add);
    }
    Set<String> names = measured(quota);
    if (names.isEmpty() || !isInScopes(quota, object)) {
      return false;
    }
    String missing = evaluator.missing(names, object);
    if (!missing.isEmpty()) {
      throw forbidden("failed quota: %s: %s".formatted(quota.name(), missing));
    }
    if (!quota.used().values().keySet().containsAll(names)) {
      throw forbidden(
          "status unknown for quota: %s, resources: %s"
              .formatted(quota.name(), String.join(",", names)));
    }
    covered.addAll(names);
    return true;
  }

  private boolean isInScopes(Quota quota, JsonObject any) {
    return quota.scopes().isEmpty()
        || (evaluator.hasScopes()
            && quota.scopes().stream().allMatch(scope -> evaluator.matches(scope, any)));
  }

  private Set<String> measured(Quota quota) {
    Set<String> measured = new TreeSet<>();
    for (String name : quota.hard().values().keySet()) {
      if (evaluator.measures(name, view)) {
        measured.add(name);
      }
    }
    return measured;
  }

  private void requireNotNegative(ResourceAmounts usage) {
    Set<String> negative = new TreeSet<>();
    usage
        .values()
        .forEach((name, amount) -> {
          if (amount.sign() < 0) {
            negative.add(name);
          }
        });
    if (!negative.isEmpty()) {
      throw forbidden("quota usage is negative for resource(s): " + String.join(",", negative));
    }
  }

  /// Refuses what the configuration lets nobody use without a quota.
  private void requireCovered(ResourceAmounts usage) {
    Set<String> uncovered = new TreeSet<>();
    List<QuotaScope> uncoveredScopes = new ArrayList<>();
    for (LimitedResource one : limited) {
      if (one.groupResource().equals(request.type().groupResource())) {
        usage
            .values()
            .forEach((name, amount) -> {
              if (amount.sign() > 0 && one.limits(name) && !covered.contains(name)) {
                uncovered.add(name);
              }
            });
      }
      if (evaluator.hasScopes()) {
        one.scopes().stream()
            .filter(scope -> evaluator.matches(scope, object))
            .filter(scope ->
                coveredScopes.stream().noneMatch(other -> other.name().equals(scope.name())))
            .forEach(uncoveredScopes::add);
      }
    }
    if (!uncovered.isEmpty()) {
      throw forbidden("insufficient quota to consume: " + String.join(",", uncovered));
    }
    if (!uncoveredScopes.isEmpty()) {
      String scopes =
          uncoveredScopes.stream().map(QuotaScope::toString).collect(Collectors.joining(" "));
      throw StatusErrors.bare(500, "insufficient quota to match these scopes: [" + scopes + "]");
    }
  }

  /// What a controller reports of an object is never refused.
  private void requireRoom(Charge charge) {
    List<String> exceeded = charge.exceeded(charge.over(charge.quota().used()));
    if (!exceeded.isEmpty() && !request.subresource().equals("status")) {
      throw forbidden(
          "exceeded quota: %s, requested: %s, used: %s, limited: %s"
              .formatted(
                  charge.quota().name(),
                  UsageSums.text(charge.requested(), exceeded),
                  UsageSums.text(charge.quota().used(), exceeded),
                  UsageSums.text(charge.quota().hard(), exceeded)));
    }
  }

  private StatusError forbidden(String why) {
    return StatusErrors.forbidden(request.type(), request.name(), why);
  }
}
