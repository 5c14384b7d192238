package dev.pintle.kube.allocation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The numbers that one service has.
///
/// @param addresses of IPv4, as numbers
record ServiceNumbers(Set<Long> addresses, Set<Long> ports) {

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
      ports(spec).forEach(port -> add(numbers.ports, port.get("nodePort")));
    }
    if (balancer && "Local".equals(spec.text("externalTrafficPolicy"))) {
      add(numbers.ports, spec.get("healthCheckNodePort"));
    }
    return numbers;
  }

  private void addAddresses(JsonObject spec) {
    for (String address : texts(spec, "clusterIPs")) {
      long number = Ipv4Addresses.parse(address);
      if (number >= 0) {
        addresses.add(number);
      }
    }
  }

  private static void add(Set<Long> numbers, @Nullable Json number) {
    if (number instanceof Json.Whole(var value) && value != 0) {
      numbers.add(value);
    }
  }

  static List<String> texts(JsonObject spec, String field) {
    List<String> texts = new ArrayList<>();
    JsonArray list = spec.array(field);
    if (list != null) {
      list.forEach(item -> texts.add(item instanceof Json.Text(var text) ? text : ""));
    }
    return texts;
  }

  static List<JsonObject> ports(JsonObject spec) {
    List<JsonObject> ports = new ArrayList<>();
    JsonArray list = spec.array("ports");
    if (list != null) {
      list.forEach(item -> {
        if (item instanceof JsonObject port) {
          ports.add(port);
        }
      });
    }
    return ports;
  }
}
