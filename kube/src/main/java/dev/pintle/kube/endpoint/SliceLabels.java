package dev.pintle.kube.endpoint;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The labels of slices: by two of them it is known which service a slice is of, and which controller looks after it.
final class SliceLabels {
  static final String SERVICE = "kubernetes.io/service-name";
  static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final Set<String> RESERVED =
      Set.of(SERVICE, MANAGED_BY, SelectingService.HEADLESS);

  private SliceLabels() {}

  /// The labels of a slice that are those of a service.
  static JsonObject of(SelectingService service, String manager) {
    JsonObject labels = own(service.labels());
    if (!service.hasAddress()) {
      labels.set(SelectingService.HEADLESS, "");
    }
    return labels.set(SERVICE, service.name()).set(MANAGED_BY, manager);
  }

  private static JsonObject own(Map<String, String> all) {
    JsonObject own = new JsonObject();
    new TreeMap<>(all)
        .forEach((name, value) -> {
          if (!RESERVED.contains(name)) {
            own.set(name, value);
          }
        });
    return own;
  }

  /// The slice with the labels that it should have; empty when they are those of the service, the reserved ones apart.
  static Optional<JsonObject> mended(JsonObject slice, SelectingService service, String manager) {
    JsonObject has = slice.objectOrEmpty("metadata").objectOrEmpty("labels").copy();
    RESERVED.forEach(has::remove);
    if (has.equals(own(service.labels()))) {
      return Optional.empty();
    }
    JsonObject labelled = slice.copy();
    labelled.objectAt("metadata").set("labels", of(service, manager));
    return Optional.of(labelled);
  }

  /// The services that a change of a slice concerns which `manager` looks after or did before: `NAMESPACE/NAME`.
  ///
  /// @param states before and after, those that there are
  static List<String> services(String manager, List<StoredObject> states) {
    Set<String> keys = new LinkedHashSet<>();
    for (StoredObject each : states) {
      String service = each.labels().getOrDefault(SERVICE, "");
      if (!service.isEmpty() && manager.equals(each.labels().get(MANAGED_BY))) {
        keys.add(each.namespace() + '/' + service);
      }
    }
    return new ArrayList<>(keys);
  }
}
