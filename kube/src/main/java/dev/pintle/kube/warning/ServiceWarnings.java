package dev.pintle.kube.warning;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.function.Consumer;

/// The warnings of services: fields that have no effect beside others, and addresses.
final class ServiceWarnings {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final String EXTERNAL_NAME = "ExternalName";

  private ServiceWarnings() {}

  static void of(JsonObject service, Consumer<String> warnings) {
    JsonObject spec = service.objectOrEmpty("spec");
    if (service
        .objectOrEmpty("metadata")
        .objectOrEmpty("annotations")
        .has("service.kubernetes.io/topology-aware-hints")) {
      warnings.accept(
          "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead");
    }
    String address = spec.textOrEmpty("clusterIP");
    if (!address.isEmpty() && !address.equals("None")) {
      AddressWarnings.ips(SPEC.child("clusterIPs"), spec.arrayOrEmpty("clusterIPs"), warnings);
    }
    boolean isHeadless = address.equals("None") && spec.textOrEmpty("type").equals("ClusterIP");
    if (isHeadless) {
      headless(spec, warnings);
    }
    addresses(spec, isHeadless, warnings);
    externalName(spec, warnings);
    if (spec.textOrEmpty("trafficDistribution").equals("PreferClose")) {
      warnings.accept(
          "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
    }
  }

  private static void headless(JsonObject spec, Consumer<String> warnings) {
    if (!spec.textOrEmpty("loadBalancerIP").isEmpty()) {
      warnings.accept("spec.loadBalancerIP is ignored for headless services");
    }
    if (!spec.arrayOrEmpty("externalIPs").isEmpty()) {
      warnings.accept("spec.externalIPs is ignored for headless services");
    }
    if (!spec.textOrEmpty("sessionAffinity").equals("None")) {
      warnings.accept("spec.SessionAffinity is ignored for headless services");
    }
  }

  private static void addresses(JsonObject spec, boolean isHeadless, Consumer<String> warnings) {
    AddressWarnings.ips(SPEC.child("externalIPs"), spec.arrayOrEmpty("externalIPs"), warnings);
    if (!spec.arrayOrEmpty("externalIPs").isEmpty()
        && !isHeadless
        && !spec.textOrEmpty("type").equals(EXTERNAL_NAME)) {
      warnings.accept(
          "spec.externalIPs is deprecated and may no longer be implemented in some clusters");
    }
    String balancer = spec.textOrEmpty("loadBalancerIP");
    if (!balancer.isEmpty()) {
      AddressWarnings.ip(SPEC.child("loadBalancerIP"), balancer, warnings);
    }
    AddressWarnings.cidrs(
        SPEC.child("loadBalancerSourceRanges"),
        spec.arrayOrEmpty("loadBalancerSourceRanges"),
        warnings);
  }

  private static void externalName(JsonObject spec, Consumer<String> warnings) {
    boolean isExternal = spec.textOrEmpty("type").equals(EXTERNAL_NAME);
    if (isExternal && !spec.arrayOrEmpty("externalIPs").isEmpty()) {
      warnings.accept("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
    }
    if (!isExternal && !spec.textOrEmpty("externalName").isEmpty()) {
      warnings.accept("spec.externalName is ignored when spec.type is not \"ExternalName\"");
    }
  }
}
