package dev.pintle.kube.allocation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The cluster IPs and node ports that one service has.
///
/// @param addresses of both families
record ServiceNumbers(Set<ClusterIp> addresses, Set<Long> ports) {

  static ServiceNumbers none() {
    return new ServiceNumbers(new LinkedHashSet<>(), new LinkedHashSet<>());
  }

  /// What a service of its type may have: what a change of the type leaves in other fields is no longer its own.
  static ServiceNumbers of(JsonObject service) {
    ServiceNumbers numbers = none();
    JsonObject spec = service.object("spec");
    if (spec == null) {
      return numbers;
    }
    String type = String.valueOf(spec.text("type"));
    if (!type.equals("ExternalName")) {
      numbers.addAddresses(spec);
    }
    boolean balancer = type.equals("LoadBalancer");
    if (balancer || type.equals("NodePort")) {
      spec.objects("ports").forEach(port -> add(numbers.ports, port.get("nodePort")));
    }
    if (balancer && "Local".equals(spec.text("externalTrafficPolicy"))) {
      add(numbers.ports, spec.get("healthCheckNodePort"));
    }
    return numbers;
  }

  private void addAddresses(JsonObject spec) {
    for (String address : spec.texts("clusterIPs")) {
      ClusterIp parsed = ClusterIp.parse(address);
      if (parsed != null) {
        addresses.add(parsed);
      }
    }
  }

  private static void add(Set<Long> numbers, @Nullable Json number) {
    if (number instanceof Json.Whole(var value) && value != 0) {
      numbers.add(value);
    }
  }
}
