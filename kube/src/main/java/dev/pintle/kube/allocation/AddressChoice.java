package dev.pintle.kube.allocation;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongPredicate;

/// The choice of the cluster address of one service.
///
/// @param networks to choose from
/// @param taken whether an address is somebody's
/// @param free chooses one of a range
record AddressChoice(
    AdmissionRequest request,
    List<ServiceNetwork> networks,
    LongPredicate taken,
    Function<Range, OptionalLong> free) {

  /// @param before what the service has already
  void apply(JsonObject spec, ServiceNumbers before) {
    String type = spec.text("type");
    List<String> addresses = ServiceNumbers.texts(spec, "clusterIPs");
    boolean headless = !addresses.isEmpty() && addresses.getFirst().equals("None");
    if ("ExternalName".equals(type) || headless) {
      return;
    }
    String wanted = addresses.isEmpty() ? "" : addresses.getFirst();
    if (wanted.isEmpty()) {
      give(spec, choose());
    } else if (!before.addresses().contains(Ipv4Addresses.parse(wanted))) {
      requireFree(spec, wanted);
    }
  }

  private static void give(JsonObject spec, String address) {
    spec.set("clusterIP", address);
    spec.set("clusterIPs", JsonArray.of(Json.of(address)));
  }

  private String choose() {
    for (ServiceNetwork network : networks) {
      OptionalLong chosen = free.apply(network.addresses());
      if (chosen.isPresent()) {
        return Ipv4Addresses.text(chosen.getAsLong());
      }
    }
    throw StatusErrors.internal(
        "failed to allocate a serviceIP for Service \"%s\": range is full"
            .formatted(request.name()));
  }

  private void requireFree(JsonObject spec, String address) {
    String problem = problem(address, Ipv4Addresses.parse(address));
    if (!problem.isEmpty()) {
      Json shown = spec.get("clusterIPs");
      String detail = "failed to allocate IP %s: %s".formatted(address, problem);
      throw AllocationErrors.refuse(
          request, List.of(FieldError.invalid(FieldPath.of("spec.clusterIPs"), shown, detail)));
    }
  }

  /// A dry run asks less: it looks at no other service, and knows one network only.
  private String problem(String address, long number) {
    ServiceNetwork network =
        networks.stream().filter(each -> each.contains(number)).findFirst().orElse(null);
    if (network == null && (!request.dryRun() || networks.isEmpty())) {
      return "the provided network does not match the current range";
    }
    ServiceNetwork asked = network == null ? networks.getFirst() : network;
    if (!asked.addresses().contains(number)) {
      return "the provided IP (%s) is not in the valid range. The range of valid IPs is %s"
          .formatted(address, asked.cidr());
    }
    return !request.dryRun() && taken.test(number) ? "provided IP is already allocated" : "";
  }
}
