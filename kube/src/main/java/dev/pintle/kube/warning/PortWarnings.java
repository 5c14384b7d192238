package dev.pintle.kube.warning;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The warnings of the ports of a pod's containers beside one another. Only ports of which something is to be said are compared.
final class PortWarnings {
  private final BoundedWarnings warnings;
  private final Map<String, List<Port>> sameNumber = new HashMap<>();
  private final Map<String, FieldPath> byName = new HashMap<>();

  private PortWarnings(Consumer<String> warnings) {
    this.warnings = new BoundedWarnings(warnings);
  }

  /// One port and where it is.
  private record Port(FieldPath path, String number, String hostIp, long hostPort) {
    /// On one port of the host, at whatever address.
    String onHost() {
      return number + " " + hostPort;
    }

    String onHostAt(String address) {
      return onHost() + " " + address;
    }
  }

  static void of(FieldPath specPath, JsonObject spec, Consumer<String> warnings) {
    PortWarnings ports = new PortWarnings(warnings);
    PodWarnings.eachContainer(
        specPath, spec, (path, container) -> ports.look(path.child("ports"), container));
  }

  private void look(FieldPath path, JsonObject container) {
    List<JsonObject> ports = container.objects("ports");
    for (int i = 0; i < ports.size() && !warnings.isFull(); i++) {
      FieldPath place = path.index(i);
      number(place, ports.get(i));
      name(place, ports.get(i).textOrEmpty("name"));
    }
  }

  private void number(FieldPath place, JsonObject port) {
    long number = port.wholeOrZero("containerPort");
    String protocol = port.textOrEmpty("protocol");
    Port one =
        new Port(
            place,
            number + "/" + protocol,
            port.textOrEmpty("hostIP"),
            port.wholeOrZero("hostPort"));
    if (!one.hostIp().isEmpty() && one.hostPort() == 0) {
      warnings.accept(
          "%s: hostIP set without hostPort: {Name:%s HostPort:0 ContainerPort:%d Protocol:%s HostIP:%s}"
              .formatted(place, port.textOrEmpty("name"), number, protocol, one.hostIp()));
    }
    compare(one);
    remember(one.number(), one);
    remember(one.onHost(), one);
    remember(one.onHostAt(one.hostIp()), one);
  }

  private void compare(Port one) {
    if (one.hostPort() == 0) {
      beside(one, one.number());
      return;
    }
    beside(one, one.number() + " 0");
    if (one.hostIp().isEmpty()) {
      beside(one, one.onHost());
    } else {
      beside(one, one.onHostAt(one.hostIp()));
      beside(one, one.onHostAt(""));
    }
  }

  private void remember(String group, Port one) {
    sameNumber.computeIfAbsent(group, _ -> new ArrayList<>(1)).add(one);
  }

  private void beside(Port one, String group) {
    for (Port other : sameNumber.getOrDefault(group, List.of())) {
      if (warnings.isFull()) {
        return;
      }
      warnings.accept(
          "%s: %s port definition with %s"
              .formatted(one.path(), relation(one, other), other.path()));
    }
  }

  private static String relation(Port one, Port other) {
    if (one.hostPort() == other.hostPort() && one.hostIp().equals(other.hostIp())) {
      return "duplicate";
    }
    boolean isOpen = one.hostPort() == 0 || other.hostPort() == 0;
    return isOpen ? "overlapping" : "dangerously ambiguous";
  }

  private void name(FieldPath place, String name) {
    FieldPath other = name.isEmpty() ? null : byName.putIfAbsent(name, place);
    if (other != null) {
      warnings.accept(
          "%s: duplicate port name \"%s\" with %s, services and probes that select ports by name will use %s"
              .formatted(place, name, other, other));
    }
  }
}
