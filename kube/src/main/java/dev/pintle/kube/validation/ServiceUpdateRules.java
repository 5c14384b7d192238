package dev.pintle.kube.validation;

import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The rules of what a change of a service may not change.
final class ServiceUpdateRules {
  private static final String CLASS = "loadBalancerClass";
  private static final String SET_ONCE = "may not change once set";

  private ServiceUpdateRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("serviceKept", ServiceUpdateRules::kept);
  }

  private static void kept(ValidatedObject service) {
    ValidatedObject spec = service.childOrEmpty("spec");
    JsonObject oldStructure = spec.old();
    ValidatedObject old =
        new ValidatedObject(
            service.context(),
            spec.path(),
            oldStructure == null ? new JsonObject() : oldStructure,
            null);
    addresses(spec, old);
    families(spec, old);
    boolean balancers = isType(spec, "LoadBalancer") && isType(old, "LoadBalancer");
    if (balancers && !Objects.equals(spec.value(CLASS), old.value(CLASS))) {
      spec.invalid(CLASS, SET_ONCE);
    }
    ServiceRules.loadBalancerClass(spec);
    if (ServiceRules.needsHealthCheck(spec)
        && ServiceRules.needsHealthCheck(old)
        && spec.number("healthCheckNodePort") != old.number("healthCheckNodePort")) {
      spec.forbidden("healthCheckNodePort", "field is immutable");
    }
  }

  private static boolean isType(ValidatedObject spec, String type) {
    return spec.text("type").equals(type);
  }

  private static boolean isOutOfCluster(ValidatedObject spec, ValidatedObject old) {
    return isType(spec, "ExternalName") || isType(old, "ExternalName");
  }

  private static void refuse(
      ValidatedObject spec, String field, int index, String shown, String detail) {
    spec.add(FieldError.invalid(spec.path(field).index(index), spec.shown(shown), detail));
  }

  private static void addresses(ValidatedObject spec, ValidatedObject old) {
    boolean headless = ServiceAddresses.isHeadless(spec) && ServiceAddresses.isHeadless(old);
    if (isOutOfCluster(spec, old) || headless) {
      return;
    }
    List<String> now = spec.texts("clusterIPs");
    List<String> before = old.texts("clusterIPs");
    if (before.size() == now.size()) {
      for (int i = 0; i < now.size(); i++) {
        if (!now.get(i).equals(before.get(i))) {
          refuse(spec, "clusterIPs", i, "clusterIPs", SET_ONCE);
        }
      }
      return;
    }
    if (now.isEmpty()) {
      refuse(spec, "clusterIPs", 0, "clusterIPs", "primary clusterIP can not be unset");
    } else if (!before.isEmpty() && !now.getFirst().equals(before.getFirst())) {
      refuse(spec, "clusterIPs", 0, "clusterIPs", SET_ONCE);
    }
    if (now.size() == 1 && before.size() > 1) {
      requireSingleStack(spec, "clusterIP");
    }
  }

  private static void requireSingleStack(ValidatedObject spec, String released) {
    if (!spec.text("ipFamilyPolicy").equals("SingleStack")) {
      spec.invalid(
          "ipFamilyPolicy",
          "must be set to 'SingleStack' when releasing the secondary " + released);
    }
  }

  private static void families(ValidatedObject spec, ValidatedObject old) {
    boolean headless = ServiceAddresses.isHeadless(spec);
    if (isOutOfCluster(spec, old) || headless || ServiceAddresses.isHeadless(old)) {
      return;
    }
    List<String> now = spec.texts("ipFamilies");
    List<String> before = old.texts("ipFamilies");
    if (before.size() == now.size()) {
      for (int i = 0; i < now.size(); i++) {
        if (!now.get(i).equals(before.get(i))) {
          refuse(spec, "ipFamilies", 0, "ipFamilies", SET_ONCE);
        }
      }
      return;
    }
    if (before.size() > now.size() && spec.count("clusterIPs") == 0) {
      refuse(spec, "ipFamilies", 0, "ipFamilies", "primary ipFamily can not be unset");
    }
    if (!now.isEmpty() && !before.isEmpty() && !now.getFirst().equals(before.getFirst())) {
      refuse(spec, "ipFamilies", 0, "clusterIPs", SET_ONCE);
    }
    if (now.size() == 1 && before.size() > 1) {
      requireSingleStack(spec, "ipFamily");
    }
  }
}
