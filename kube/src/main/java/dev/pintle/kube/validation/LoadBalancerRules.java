package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The rules of where a balancer says that it is reached, in the status of a service or an ingress. Addresses that stand there
/// already may stay.
final class LoadBalancerRules {
  private LoadBalancerRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "balancerOfService",
        LoadBalancerRules::ofService,
        "balancerOfIngress",
        ingress -> points(ingress, false));
  }

  private static void ofService(ValidatedObject service) {
    ValidatedObject balancer = balancer(service);
    boolean balanced = service.childOrEmpty("spec").text("type").equals("LoadBalancer");
    if (balanced || balancer.count("ingress") == 0) {
      points(service, true);
    } else {
      balancer.forbidden("ingress", "may only be used when `spec.type` is 'LoadBalancer'");
    }
  }

  private static ValidatedObject balancer(ValidatedObject object) {
    return object.childOrEmpty("status").childOrEmpty("loadBalancer");
  }

  private static void points(ValidatedObject object, boolean moded) {
    ValidatedObject balancer = balancer(object);
    Set<String> known = new HashSet<>();
    JsonObject old = balancer.old();
    if (old != null) {
      old.objects("ingress").forEach(point -> known.add(point.textOrEmpty("ip")));
    }
    for (ValidatedObject point : balancer.items("ingress")) {
      String ip = point.text("ip");
      if (!ip.isEmpty() && !known.contains(ip)) {
        point.invalid("ip", Addresses.ip(ip));
      }
      if (moded) {
        mode(point, !ip.isEmpty());
      }
      host(point);
    }
  }

  private static void mode(ValidatedObject point, boolean addressed) {
    if (!point.has("ipMode")) {
      if (addressed) {
        point.required("ipMode", "must be specified when `ip` is set");
      }
    } else if (!addressed) {
      point.forbidden("ipMode", "may not be specified when `ip` is not set");
    } else {
      switch (point.text("ipMode")) {
        case "Proxy", "VIP" -> {}
        default -> point.notSupported("ipMode", "Proxy", "VIP");
      }
    }
  }

  private static void host(ValidatedObject point) {
    String host = point.text("hostname");
    if (!host.isEmpty()) {
      point.invalid("hostname", Formats.dns1123Subdomain(host));
      if (Addresses.parse(host) != null) {
        point.invalid("hostname", "must be a DNS name, not an IP address");
      }
    }
  }
}
