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
    List<String> ips = Values.texts(service, "spec", "clusterIPs");
    return ips.isEmpty() ? Values.NONE : ips.getFirst();
  }

  private static String externalIp(JsonObject service) {
    List<String> ips = Values.texts(service, "spec", "externalIPs");
    return switch (Values.text(service, "spec", "type")) {
      case "ClusterIP", "NodePort" -> ips.isEmpty() ? Values.NONE : String.join(",", ips);
      case "LoadBalancer" -> balanced(loadBalancer(service), ips);
      case "ExternalName" -> Values.text(service, "spec", "externalName");
      default -> Values.UNKNOWN;
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
    for (JsonObject ingress : Values.objects(object, "status", "loadBalancer", "ingress")) {
      String address = Values.textOr(Values.text(ingress, "hostname"), ingress, "ip");
      if (!address.isEmpty()) {
        addresses.add(address);
      }
    }
    return String.join(",", addresses);
  }

  private static String servicePorts(JsonObject service) {
    List<String> ports = new ArrayList<>();
    for (JsonObject port : Values.objects(service, "spec", "ports")) {
      long nodePort = Values.whole(port, "nodePort");
      ports.add(
          Values.whole(port, "port")
              + (nodePort > 0 ? ":" + nodePort : "")
              + "/"
              + Values.text(port, "protocol"));
    }
    return ports.isEmpty() ? Values.NONE : String.join(",", ports);
  }

  private static String endpoints(JsonObject endpoints) {
    List<String> all = new ArrayList<>();
    for (JsonObject subset : Values.objects(endpoints, "subsets")) {
      List<String> addresses =
          Values.objects(subset, "addresses").stream()
              .map(address -> Values.text(address, "ip"))
              .toList();
      List<JsonObject> ports = Values.objects(subset, "ports");
      if (ports.isEmpty()) {
        all.addAll(addresses);
      }
      for (JsonObject port : ports) {
        addresses.forEach(ip -> all.add(hostPort(ip, Values.whole(port, "port"))));
      }
    }
    return shortened(all, Values.NONE);
  }

  private static String hostPort(String ip, long port) {
    return ip.contains(":") ? "[%s]:%d".formatted(ip, port) : ip + ":" + port;
  }

  private static String slicePorts(JsonObject slice) {
    return shortened(
        Values.objects(slice, "ports").stream()
            .map(port ->
                Values.isThere(port, "port")
                    ? Values.text(port, "port")
                    : Values.textOr("*", port, "name"))
            .toList(),
        Values.UNSET);
  }

  private static String sliceEndpoints(JsonObject slice) {
    Stream<String> addresses =
        Values.objects(slice, "endpoints").stream()
            .flatMap(one -> Values.texts(one, "addresses").stream());
    return shortened(addresses.toList(), Values.UNSET);
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
    List<JsonObject> rules = Values.objects(ingress, "spec", "rules");
    List<String> hosts =
        rules.stream()
            .map(rule -> Values.text(rule, "host"))
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
    return Values.objects(ingress, "spec", "tls").isEmpty() ? "80" : "80, 443";
  }

  private static String classParameters(JsonObject ingressClass) {
    JsonObject parameters = Values.object(ingressClass, "spec", "parameters");
    if (parameters == null) {
      return Values.NONE;
    }
    String group =
        Values.isThere(parameters, "apiGroup") ? "." + Values.text(parameters, "apiGroup") : "";
    return Values.text(parameters, "kind") + group + "/" + Values.text(parameters, "name");
  }

  private static String addressParent(JsonObject address) {
    JsonObject parent = Values.object(address, "spec", "parentRef");
    if (parent == null) {
      return Values.NONE;
    }
    String group = Values.text(parent, "group");
    String namespace = Values.text(parent, "namespace");
    return Values.text(parent, "resource")
        + (group.isEmpty() ? "" : "." + group)
        + (namespace.isEmpty() ? "" : "/" + namespace)
        + "/"
        + Values.text(parent, "name");
  }
}
