package dev.pintle.kube.allocation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What services have been given.
///
/// @param addresses IPv4 addresses as numbers
record Taken(Set<Long> addresses, Set<Long> ports) {

  static Taken none() {
    return new Taken(new HashSet<>(), new HashSet<>());
  }

  static Taken of(JsonObject service) {
    Taken taken = none();
    JsonObject spec = service.object("spec");
    if (spec == null) {
      return taken;
    }
    for (String address : texts(spec, "clusterIPs")) {
      long number = Ipv4Addresses.parse(address);
      if (number >= 0) {
        taken.addresses.add(number);
      }
    }
    for (JsonObject port : ports(spec)) {
      add(taken.ports, port.get("nodePort"));
    }
    add(taken.ports, spec.get("healthCheckNodePort"));
    return taken;
  }

  private static void add(Set<Long> numbers, @Nullable Json number) {
    if (number instanceof Json.Whole(var value) && value != 0) {
      numbers.add(value);
    }
  }

  void addAll(Taken other) {
    addresses.addAll(other.addresses);
    ports.addAll(other.ports);
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
