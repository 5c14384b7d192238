package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The ports of a service.
final class ServicePorts {
  private ServicePorts() {}

  static void each(ValidatedObject spec) {
    List<ValidatedObject> ports = spec.items("ports");
    Set<String> names = new HashSet<>();
    for (ValidatedObject port : ports) {
      name(port, ports.size() > 1, names);
      port.invalidNumber("port", Ports.number(port.number("port")));
      protocol(port);
      targetPort(port);
      if (port.has("appProtocol")) {
        port.invalid("appProtocol", Formats.qualifiedName(port.text("appProtocol")));
      }
    }
  }

  private static void name(ValidatedObject port, boolean required, Set<String> names) {
    String name = port.text("name");
    if (name.isEmpty()) {
      if (required) {
        port.required("name", "");
      }
      return;
    }
    port.invalid("name", Formats.dns1123Label(name));
    if (!names.add(name)) {
      port.duplicate("name");
    }
  }

  static void protocol(ValidatedObject port) {
    switch (port.text("protocol")) {
      case "" -> port.required("protocol", "");
      case "TCP", "UDP", "SCTP" -> {}
      default -> port.notSupported("protocol", "SCTP", "TCP", "UDP");
    }
  }

  private static void targetPort(ValidatedObject port) {
    numberOrName(port, "targetPort");
  }

  static void numberOrName(ValidatedObject place, String field) {
    if (place.value(field) instanceof Json.Text(var name)) {
      place.invalid(field, Ports.name(name));
    } else {
      place.invalidNumber(field, Ports.number(place.number(field)));
    }
  }

  /// What the ports may not have in common.
  static void together(ValidatedObject spec) {
    List<ValidatedObject> ports = spec.items("ports");
    if (spec.text("type").equals("ClusterIP")) {
      for (ValidatedObject port : ports) {
        if (port.number("nodePort") != 0) {
          port.forbidden("nodePort", "may not be used when `type` is 'ClusterIP'");
        }
      }
    }
    Set<String> nodePorts = new HashSet<>();
    for (ValidatedObject port : ports) {
      if (port.number("nodePort") != 0
          && !nodePorts.add(port.text("protocol") + port.number("nodePort"))) {
        port.duplicate("nodePort");
      }
    }
    Set<String> numbers = new HashSet<>();
    for (ValidatedObject port : ports) {
      if (!numbers.add(port.text("protocol") + port.number("port"))) {
        port.add(FieldError.duplicate(port.path(), shown(port)));
      }
    }
  }

  private static JsonObject shown(ValidatedObject port) {
    return new JsonObject()
        .set("Name", "")
        .set("Protocol", port.text("protocol"))
        .set("AppProtocol", Json.NULL)
        .set("Port", Json.of(port.number("port")))
        .set("TargetPort", Json.of(0))
        .set("NodePort", Json.of(0));
  }
}
