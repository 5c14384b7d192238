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
    if (type.equals("LoadBalancer") || type.equals("NodePort")) {
      numbers.ports.addAll(nodePorts(spec));
    }
    if (needsHealthPort(spec)) {
      add(numbers.ports, spec.get("healthCheckNodePort"));
    }
    return numbers;
  }

  static Set<Long> nodePorts(JsonObject spec) {
    Set<Long> ports = new LinkedHashSet<>();
    spec.objects("ports").forEach(port -> add(ports, port.get("nodePort")));
    return ports;
  }

  static boolean needsHealthPort(JsonObject spec) {
    return "LoadBalancer".equals(spec.text("type"))
        && "Local".equals(spec.text("externalTrafficPolicy"));
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
