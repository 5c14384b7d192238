package dev.pintle.kube.table;

import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// Cells of services, endpoints and ingresses.
final class NetworkCells {
  private static final int SHOWN_MAX = 3;

  private NetworkCells() {}

  static Map<String, Function<List<String>, Cell>> all() {
    return Map.ofEntries(
        Map.entry("service-cluster-ip", _ -> PlainCells.text(NetworkCells::clusterIp)),
        Map.entry("service-external-ip", _ -> PlainCells.text(NetworkCells::externalIp)),
        Map.entry("service-ports", _ -> PlainCells.text(NetworkCells::servicePorts)),
        Map.entry("endpoints", _ -> PlainCells.text(NetworkCells::endpoints)),
        Map.entry("slice-ports", _ -> PlainCells.text(NetworkCells::slicePorts)),
        Map.entry("slice-endpoints", _ -> PlainCells.text(NetworkCells::sliceEndpoints)),
        Map.entry("ingress-hosts", _ -> PlainCells.text(NetworkCells::hosts)),
        Map.entry("ingress-address", _ -> PlainCells.text(NetworkCells::loadBalancer)),
        Map.entry("ingress-ports", _ -> PlainCells.text(NetworkCells::ingressPorts)),
        Map.entry("ingress-class-parameters", _ -> PlainCells.text(NetworkCells::classParameters)),
        Map.entry("ip-address-parent", _ -> PlainCells.text(NetworkCells::addressParent)));
  }

  private static String clusterIp(JsonObject service) {
    List<String> ips = NestedFields.texts(service, "spec", "clusterIPs");
    return ips.isEmpty() ? NestedFields.NONE : ips.getFirst();
  }

  private static String externalIp(JsonObject service) {
    List<String> ips = NestedFields.texts(service, "spec", "externalIPs");
    return switch (NestedFields.text(service, "spec", "type")) {
      case "ClusterIP", "NodePort" -> ips.isEmpty() ? NestedFields.NONE : String.join(",", ips);
      case "LoadBalancer" -> balanced(loadBalancer(service), ips);
      case "ExternalName" -> NestedFields.text(service, "spec", "externalName");
      default -> NestedFields.UNKNOWN;
    };
  }

  private static String balanced(String address, List<String> ips) {
    List<String> all = new ArrayList<>(ips);
    if (!address.isEmpty()) {
      all.addFirst(address);
    }
    return all.isEmpty() ? "<pending>" : String.join(",", all);
  }

  private static String loadBalancer(JsonObject object) {
    TreeSet<String> addresses = new TreeSet<>();
    for (JsonObject ingress : NestedFields.objects(object, "status", "loadBalancer", "ingress")) {
      String address = NestedFields.textOr(NestedFields.text(ingress, "hostname"), ingress, "ip");
      if (!address.isEmpty()) {
        addresses.add(address);
      }
    }
    return String.join(",", addresses);
  }

  private static String servicePorts(JsonObject service) {
    List<String> ports = new ArrayList<>();
    for (JsonObject port : NestedFields.objects(service, "spec", "ports")) {
      long nodePort = NestedFields.whole(port, "nodePort");
      ports.add(
          NestedFields.whole(port, "port")
              + (nodePort > 0 ? ":" + nodePort : "")
              + "/"
              + NestedFields.text(port, "protocol"));
    }
    return ports.isEmpty() ? NestedFields.NONE : String.join(",", ports);
  }

  private static String endpoints(JsonObject endpoints) {
    List<String> all = new ArrayList<>();
    for (JsonObject subset : NestedFields.objects(endpoints, "subsets")) {
      List<String> addresses =
          NestedFields.objects(subset, "addresses").stream()
              .map(address -> NestedFields.text(address, "ip"))
              .toList();
      List<JsonObject> ports = NestedFields.objects(subset, "ports");
      if (ports.isEmpty()) {
        all.addAll(addresses);
      }
      for (JsonObject port : ports) {
        addresses.forEach(ip -> all.add(hostPort(ip, NestedFields.whole(port, "port"))));
      }
    }
    return shortened(all, NestedFields.NONE);
  }

  private static String hostPort(String ip, long port) {
    return ip.contains(":") ? "[%s]:%d".formatted(ip, port) : ip + ":" + port;
  }

  private static String slicePorts(JsonObject slice) {
    return shortened(
        NestedFields.objects(slice, "ports").stream()
            .map(port ->
                NestedFields.isThere(port, "port")
                    ? NestedFields.text(port, "port")
                    : NestedFields.textOr("*", port, "name"))
            .toList(),
        NestedFields.UNSET);
  }

  private static String sliceEndpoints(JsonObject slice) {
    Stream<String> addresses =
        NestedFields.objects(slice, "endpoints").stream()
            .flatMap(one -> NestedFields.texts(one, "addresses").stream());
    return shortened(addresses.toList(), NestedFields.UNSET);
  }

  private static String shortened(List<String> all, String whenEmpty) {
    if (all.isEmpty()) {
      return whenEmpty;
    }
    String shown = String.join(",", all.subList(0, Math.min(SHOWN_MAX, all.size())));
    return all.size() <= SHOWN_MAX
        ? shown
        : "%s + %d more...".formatted(shown, all.size() - SHOWN_MAX);
  }

  private static String hosts(JsonObject ingress) {
    List<JsonObject> rules = NestedFields.objects(ingress, "spec", "rules");
    List<String> hosts =
        rules.stream()
            .map(rule -> NestedFields.text(rule, "host"))
            .filter(host -> !host.isEmpty())
            .toList();
    if (hosts.isEmpty()) {
      return "*";
    }
    String shown = String.join(",", hosts.subList(0, Math.min(SHOWN_MAX, hosts.size())));
    return hosts.size() <= SHOWN_MAX
        ? shown
        : "%s + %d more...".formatted(shown, rules.size() - SHOWN_MAX);
  }

  private static String ingressPorts(JsonObject ingress) {
    return NestedFields.objects(ingress, "spec", "tls").isEmpty() ? "80" : "80, 443";
  }

  private static String classParameters(JsonObject ingressClass) {
    JsonObject parameters = NestedFields.object(ingressClass, "spec", "parameters");
    if (parameters == null) {
      return NestedFields.NONE;
    }
    String group =
        NestedFields.isThere(parameters, "apiGroup")
            ? "." + NestedFields.text(parameters, "apiGroup")
            : "";
    return NestedFields.text(parameters, "kind")
        + group
        + "/"
        + NestedFields.text(parameters, "name");
  }

  private static String addressParent(JsonObject address) {
    JsonObject parent = NestedFields.object(address, "spec", "parentRef");
    if (parent == null) {
      return NestedFields.NONE;
    }
    String group = NestedFields.text(parent, "group");
    String namespace = NestedFields.text(parent, "namespace");
    return NestedFields.text(parent, "resource")
        + (group.isEmpty() ? "" : "." + group)
        + (namespace.isEmpty() ? "" : "/" + namespace)
        + "/"
        + NestedFields.text(parent, "name");
  }
}
