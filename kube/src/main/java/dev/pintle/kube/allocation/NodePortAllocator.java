package dev.pintle.kube.allocation;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The allocator of the node ports of one service.
record NodePortAllocator(
    AdmissionRequest request, Range range, NodePortBitmap taken, RandomGenerator random) {

  /// @param before what the service has already
  void allocate(JsonObject spec, ServiceNumbers before) {
    String type = String.valueOf(spec.text("type"));
    boolean balancer = type.equals("LoadBalancer");
    if (balancer || type.equals("NodePort")) {
      boolean give =
          !balancer || !Json.Bool.FALSE.equals(spec.get("allocateLoadBalancerNodePorts"));
      ports(spec.objects("ports"), before.ports(), give);
    }
    if (balancer && "Local".equals(spec.text("externalTrafficPolicy"))) {
      healthPort(spec, before.ports());
    }
  }

  /// Ports of one number and different protocols share a node port.
  private void ports(List<JsonObject> ports, Set<Long> before, boolean give) {
    Set<Long> own = new HashSet<>(before);
    Map<Long, Long> byPort = new HashMap<>();
    for (int i = 0; i < ports.size(); i++) {
      long wanted = ports.get(i).wholeOrZero("nodePort");
      if (wanted != 0) {
        if (own.add(wanted)) {
          requireFree(wanted, i);
          taken.take(wanted);
        }
        byPort.putIfAbsent(ports.get(i).wholeOrZero("port"), wanted);
      }
    }
    for (JsonObject port : ports) {
      if (give && port.wholeOrZero("nodePort") == 0) {
        long given = byPort.computeIfAbsent(port.wholeOrZero("port"), _ -> choose());
        port.set("nodePort", Json.of(given));
      }
    }
  }

  private long choose() {
    OptionalLong free = range.choose(taken::isTaken, random);
    if (free.isEmpty()) {
      throw StatusErrors.internal("failed to allocate a nodePort: range is full");
    }
    taken.take(free.getAsLong());
    return free.getAsLong();
  }

  private String problem(long port) {
    if (taken.isTaken(port)) {
      return "provided port is already allocated";
    }
    boolean outside = !request.dryRun() && !range.contains(port);
    return outside
        ? "provided port is not in the valid range. The range of valid ports is %d-%d"
            .formatted(range.first(), range.last())
        : "";
  }

  private void requireFree(long port, int index) {
    String problem = problem(port);
    if (!problem.isEmpty()) {
      FieldPath path = FieldPath.of("spec.ports").index(index).child("nodePort");
      throw AllocationErrors.refuse(
          request, List.of(FieldError.invalid(path, Json.of(port), problem)));
    }
  }

  private void healthPort(JsonObject spec, Set<Long> before) {
    long wanted = spec.wholeOrZero("healthCheckNodePort");
    if (wanted == 0) {
      spec.set("healthCheckNodePort", Json.of(choose()));
    } else if (!before.contains(wanted) && !problem(wanted).isEmpty()) {
      throw StatusErrors.internal(
          "failed to allocate requested HealthCheck NodePort %d: %s"
              .formatted(wanted, problem(wanted)));
    } else {
      taken.take(wanted);
    }
  }
}
