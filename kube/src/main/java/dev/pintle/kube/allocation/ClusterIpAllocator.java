package dev.pintle.kube.allocation;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The allocator of the cluster IPs of one service: one of each of its families.
///
/// @param networks to choose from
/// @param taken whether an address is somebody's
/// @param free chooses one of a network
record ClusterIpAllocator(
    AdmissionRequest request,
    List<ServiceNetwork> networks,
    Predicate<ClusterIp> taken,
    Function<ServiceNetwork, Optional<ClusterIp>> free) {

  /// @param from the first of its families whose address it does not have yet
  void allocate(JsonObject spec, int from) {
    List<String> families = new ArrayList<>(spec.texts("ipFamilies"));
    List<String> addresses = new ArrayList<>(spec.texts("clusterIPs"));
    boolean headless = !addresses.isEmpty() && addresses.getFirst().equals("None");
    if ("ExternalName".equals(spec.text("type")) || headless) {
      return;
    }
    while (addresses.size() < families.size()) {
      addresses.add("");
    }
    Json shown = array(addresses);
    for (int i = from; i < families.size(); i++) {
      if (addresses.get(i).isEmpty()) {
        addresses.set(i, choose(families.get(i)));
      } else {
        requireFree(shown, families.get(i), addresses.get(i));
      }
    }
    spec.set("clusterIP", addresses.getFirst());
    spec.set("clusterIPs", array(addresses));
  }

  private static JsonArray array(List<String> texts) {
    return JsonArray.of(texts.stream().map(Json::of).toArray(Json[]::new));
  }

  /// A dry run looks for nothing: it is told the address that names the network, which no service ever gets.
  private String choose(String family) {
    for (ServiceNetwork network : networks) {
      if (network.family().equals(family)) {
        Optional<ClusterIp> chosen =
            request.dryRun() ? Optional.of(network.base()) : free.apply(network);
        if (chosen.isPresent()) {
          return chosen.get().toString();
        }
      }
    }
    throw StatusErrors.internal(
        "failed to allocate a serviceIP for Service \"%s\": range is full"
            .formatted(request.name()));
  }

  private void requireFree(Json shown, String family, String address) {
    String problem = problem(family, ClusterIp.parse(address));
    if (!problem.isEmpty()) {
      String detail = "failed to allocate IP %s: %s".formatted(address, problem);
      throw AllocationErrors.refuse(
          request, List.of(FieldError.invalid(FieldPath.of("spec.clusterIPs"), shown, detail)));
    }
  }

  /// A dry run asks less: it looks at no other service, and knows one network only.
  private String problem(String family, @Nullable ClusterIp address) {
    List<ServiceNetwork> known =
        networks.stream().filter(network -> network.family().equals(family)).toList();
    ServiceNetwork network =
        known.stream()
            .filter(each -> address != null && each.gives(address))
            .findFirst()
            .orElse(null);
    if (address == null || (network == null && (!request.dryRun() || known.isEmpty()))) {
      return "the provided network does not match the current range";
    }
    ServiceNetwork asked = network == null ? known.getFirst() : network;
    if (!asked.gives(address)) {
      return "the provided IP (%s) is not in the valid range. The range of valid IPs is %s"
          .formatted(address, asked.cidr());
    }
    return !request.dryRun() && taken.test(address) ? "provided IP is already allocated" : "";
  }
}
