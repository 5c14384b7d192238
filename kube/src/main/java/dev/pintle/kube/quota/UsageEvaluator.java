package dev.pintle.kube.quota;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.Set;

/// The measure of what objects of one resource use of quotas; by upstream's rules.
interface UsageEvaluator {
  /// Whether a write may change what is used.
  boolean handles(AdmissionRequest request);

  /// Whether objects may use of what has this name in a quota.
  boolean measures(String name, ObjectView view);

  /// What an object uses, by the names that quotas have for it.
  ResourceAmounts usage(JsonObject object, String namespace, ObjectView view);

  /// The same measure for whoever asks it of all objects of a namespace: it looks once for what it has to know of others.
  default UsageEvaluator overAll(String namespace, ObjectView view) {
    return this;
  }

  /// Whether scopes say anything of such objects.
  default boolean hasScopes() {
    return false;
  }

  default boolean matches(QuotaScope scope, JsonObject object) {
    return false;
  }

  /// What an object would have to say of what the quota limits; empty when it says all of it.
  ///
  /// @param names that the quota limits
  default String missing(Set<String> names, JsonObject object) {
    return "";
  }

  /// Whether a change of a stored object may have changed what it uses without a write that is charged.
  default boolean isToBeCounted(JsonObject old, JsonObject now, ObjectView view) {
    String namespace = now.objectAt("metadata").textOrEmpty("namespace");
    return !usage(old, namespace, view).equals(usage(now, namespace, view));
  }
}
