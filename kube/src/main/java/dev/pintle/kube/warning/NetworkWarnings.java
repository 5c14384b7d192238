package dev.pintle.kube.warning;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.function.Consumer;

/// The warnings of endpoints, their slices, network policies and ingresses.
final class NetworkWarnings {
  private static final String INGRESS_CLASS = "kubernetes.io/ingress.class";
  private static final FieldPath INGRESS_STATUS = FieldPath.of("status.loadBalancer.ingress");

  private NetworkWarnings() {}

  static void endpoints(JsonObject endpoints, Consumer<String> warnings) {
    if (managedBy(endpoints, "endpoints.kubernetes.io/managed-by").equals("endpoint-controller")) {
      return;
    }
    List<JsonObject> subsets = endpoints.objects("subsets");
    for (int i = 0; i < subsets.size(); i++) {
      FieldPath path = FieldPath.of("subsets").index(i);
      for (String list : List.of("addresses", "notReadyAddresses")) {
        AddressWarnings.fields(path.child(list), subsets.get(i).objects(list), "ip", warnings);
      }
    }
  }

  static void addressType(JsonObject slice, Consumer<String> warnings) {
    if (slice.textOrEmpty("addressType").equals("FQDN")) {
      warnings.accept("spec.addressType: FQDN endpoints are deprecated");
    }
  }

  static void slice(JsonObject slice, Consumer<String> warnings) {
    String manager = managedBy(slice, "endpointslice.kubernetes.io/managed-by");
    if (manager.equals("endpointslice-controller.k8s.io")
        || manager.equals("endpointslicemirroring-controller.k8s.io")) {
      return;
    }
    List<JsonObject> endpoints = slice.objects("endpoints");
    for (int i = 0; i < endpoints.size(); i++) {
      AddressWarnings.ips(
          FieldPath.of("endpoints").index(i).child("addresses"),
          endpoints.get(i).arrayOrEmpty("addresses"),
          warnings);
    }
  }

  private static String managedBy(JsonObject object, String label) {
    return object.objectOrEmpty("metadata").objectOrEmpty("labels").textOrEmpty(label);
  }

  static void policy(JsonObject policy, Consumer<String> warnings) {
    JsonObject spec = policy.objectOrEmpty("spec");
    peers(spec, "ingress", "from", warnings);
    peers(spec, "egress", "to", warnings);
  }

  private static void peers(
      JsonObject spec, String direction, String list, Consumer<String> warnings) {
    List<JsonObject> rules = spec.objects(direction);
    for (int i = 0; i < rules.size(); i++) {
      List<JsonObject> peers = rules.get(i).objects(list);
      for (int j = 0; j < peers.size(); j++) {
        JsonObject block = peers.get(j).object("ipBlock");
        if (block != null) {
          FieldPath path =
              FieldPath.of("spec").child(direction).index(i).child(list).index(j).child("ipBlock");
          AddressWarnings.cidr(path.child("cidr"), block.textOrEmpty("cidr"), warnings);
          AddressWarnings.cidrs(path.child("except"), block.arrayOrEmpty("except"), warnings);
        }
      }
    }
  }

  static void ingressClass(JsonObject ingress, Consumer<String> warnings) {
    boolean isAnnotated =
        ingress.objectOrEmpty("metadata").objectOrEmpty("annotations").has(INGRESS_CLASS);
    if (isAnnotated && ingress.objectOrEmpty("spec").text("ingressClassName") == null) {
      warnings.accept(
          "annotation \"%s\" is deprecated, please use 'spec.ingressClassName' instead"
              .formatted(INGRESS_CLASS));
    }
  }

  /// What a status tells of addresses.
  static void status(String kind, JsonObject object, Consumer<String> warnings) {
    JsonObject status = object.objectOrEmpty("status");
    switch (kind) {
      case "pods" -> {
        for (String list : List.of("podIPs", "hostIPs")) {
          AddressWarnings.fields(
              FieldPath.of("status").child(list), status.objects(list), "ip", warnings);
        }
      }
      case "services", "ingresses.networking.k8s.io" ->
          AddressWarnings.fields(
              INGRESS_STATUS,
              status.objectOrEmpty("loadBalancer").objects("ingress"),
              "",
              warnings);
      default -> {}
    }
  }
}
