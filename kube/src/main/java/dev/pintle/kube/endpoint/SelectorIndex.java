package dev.pintle.kube.endpoint;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The selectors of the services of one namespace, found by one of the labels that each of them demands: of many services a pod is compared
/// with those alone that share a label with it.
final class SelectorIndex {
  private static final Map.Entry<String, String> NO_LABEL = Map.entry("", "");

  private final Map<String, Map<String, String>> selectors = new HashMap<>();
  private final Map<Map.Entry<String, String>, Set<String>> byLabel = new HashMap<>();

  /// @param selector empty for all pods
  void put(String service, Map<String, String> selector) {
    Map<String, String> before = selectors.put(service, selector);
    if (before == null || !label(before).equals(label(selector))) {
      forgetLabel(service, before);
      byLabel.computeIfAbsent(label(selector), _ -> new HashSet<>()).add(service);
    }
  }

  void remove(String service) {
    forgetLabel(service, selectors.remove(service));
  }

  private void forgetLabel(String service, @Nullable Map<String, String> selector) {
    if (selector != null) {
      byLabel.computeIfPresent(
          label(selector),
          (_, services) -> {
            services.remove(service);
            return services.isEmpty() ? null : services;
          });
    }
  }

  /// The label that the fewest pods have, as far as one can guess: those of one application share names of labels, and not values.
  static Map.Entry<String, String> label(Map<String, String> selector) {
    return selector.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .max(Map.Entry.comparingByValue())
        .orElse(NO_LABEL);
  }

  boolean isEmpty() {
    return selectors.isEmpty();
  }

  /// Adds the services that select a pod with these labels.
  void select(Map<String, String> labels, Set<String> selecting) {
    selecting.addAll(byLabel.getOrDefault(NO_LABEL, Collections.emptySet()));
    labels.forEach((name, value) -> {
      for (String service : byLabel.getOrDefault(Map.entry(name, value), Collections.emptySet())) {
        if (ServicePod.isSelected(selectors.getOrDefault(service, Map.of()), labels)) {
          selecting.add(service);
        }
      }
    });
  }
}
