package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;

/// The rules of endpoints. Subsets that an update does not touch are not looked at.
final class EndpointRules {
  private EndpointRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("subsetsOfEndpoints", EndpointRules::subsets);
  }

  private static void subsets(ValidatedObject endpoints) {
    JsonObject old = endpoints.old();
    boolean touched =
        old == null
            || !Immutable.isUntouched(endpoints.structure().get("subsets"), old.get("subsets"));
    if (touched) {
      endpoints.items("subsets").forEach(EndpointRules::subset);
    }
  }

  private static void subset(ValidatedObject subset) {
    if (subset.count("addresses") == 0 && subset.count("notReadyAddresses") == 0) {
      String detail = "must specify `addresses` or `notReadyAddresses`";
      subset.add(FieldError.required(subset.path(), detail));
    }
    subset.items("addresses").forEach(EndpointRules::address);
    subset.items("notReadyAddresses").forEach(EndpointRules::address);
    List<ValidatedObject> ports = subset.items("ports");
    ports.forEach(port -> port(port, ports.size() > 1));
  }

  private static void address(ValidatedObject address) {
    address.invalid("ip", Addresses.ip(address.text("ip")));
    if (!address.text("hostname").isEmpty()) {
      address.invalid("hostname", Formats.dns1123Label(address.text("hostname")));
    }
    if (address.has("nodeName")) {
      address.invalid("nodeName", Formats.dns1123Subdomain(address.text("nodeName")));
    }
    address.invalid("ip", EndpointAddresses.complaints(address.text("ip")));
  }

  private static void port(ValidatedObject port, boolean named) {
    if (!port.text("name").isEmpty()) {
      port.invalid("name", Formats.dns1123Label(port.text("name")));
    } else if (named) {
      port.required("name", "");
    }
    port.invalidNumber("port", Ports.number(port.number("port")));
    ServicePorts.protocol(port);
    if (port.has("appProtocol")) {
      port.invalid("appProtocol", Formats.qualifiedName(port.text("appProtocol")));
    }
  }
}
