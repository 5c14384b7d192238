package dev.pintle.kube.allocation;

import dev.pintle.kube.admission.Admission.AdmissionRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// The cluster address of one service.
record AddressChoice(
    AdmissionRequest attempt, ServiceRanges ranges, Taken taken, RandomGenerator random) {

  /// @param before what the service has already
  void apply(JsonObject spec, Taken before) {
    String type = spec.text("type");
    List<String> addresses = Taken.texts(spec, "clusterIPs");
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
    OptionalLong free = ranges.addresses().choose(taken.addresses(), random);
    if (free.isEmpty()) {
      throw StatusErrors.internal(
          "failed to allocate a serviceIP for Service \"%s\": range is full"
              .formatted(attempt.name()));
    }
    return Ipv4Addresses.text(free.getAsLong());
  }

  private void requireFree(JsonObject spec, String address) {
    long number = Ipv4Addresses.parse(address);
    String problem = problem(address, number);
    if (!problem.isEmpty()) {
      Json shown = spec.get("clusterIPs");
      String detail = "failed to allocate IP %s: %s".formatted(address, problem);
      throw AllocationErrors.refuse(
          attempt, List.of(FieldError.invalid(FieldPath.of("spec.clusterIPs"), shown, detail)));
    }
  }

  /// A dry run asks less: it looks at no other service, and knows one network only.
  private String problem(String address, long number) {
    if (!attempt.dryRun() && !ranges.isInNetwork(number)) {
      return "the provided network does not match the current range";
    }
    if (!ranges.addresses().contains(number)) {
      return "the provided IP (%s) is not in the valid range. The range of valid IPs is %s"
          .formatted(address, ranges.network());
    }
    return !attempt.dryRun() && taken.addresses().contains(number)
        ? "provided IP is already allocated"
        : "";
  }
}
