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

/// The allocator of the node ports of one service. Who only tries is given numbers that no service has, one after the other.
final class NodePortAllocator {
  /// Upstream's, above the range of every cluster that has not another one.
  private static final long LAST_OF_ALL = 32_768;

  private final AdmissionRequest request;
  private final Range range;
  private final NodePortBitmap taken;
  private final RandomGenerator random;

  /// What was tried and is not kept.
  private final Set<Long> tried = new HashSet<>(0);

  /// @param taken gets what is allocated, but when the request is tried only
  NodePortAllocator(
      AdmissionRequest request, Range range, NodePortBitmap taken, RandomGenerator random) {
    this.request = request;
    this.range = range;
    this.taken = taken;
    this.random = random;
  }

  void allocate(JsonObject spec) {
    JsonObject old = request.old();
    JsonObject before = old == null ? new JsonObject() : old.objectAt("spec");
    String type = spec.textOrEmpty("type");
    boolean balancer = type.equals("LoadBalancer");
    if (balancer || type.equals("NodePort")) {
      boolean give =
          !balancer || !Json.Bool.FALSE.equals(spec.get("allocateLoadBalancerNodePorts"));
      if (old == null) {
        first(spec.objects("ports"), give);
      } else {
        changed(spec.objects("ports"), ServiceNumbers.nodePorts(before), give);
      }
    }
    if (ServiceNumbers.needsHealthPort(spec) && !ServiceNumbers.needsHealthPort(before)) {
      healthPort(spec);
    }
  }

  /// Ports of one number and different protocols share a node port.
  private void first(List<JsonObject> ports, boolean give) {
    Map<Long, Long> byPort = new HashMap<>();
    for (int i = 0; i < ports.size(); i++) {
      long wanted = ports.get(i).wholeOrZero("nodePort");
      if (wanted == 0 && !give) {
        continue;
      }
      long number = ports.get(i).wholeOrZero("port");
      Long shared = byPort.get(number);
      if (shared == null) {
        long requested = requested(ports, number);
        if (requested != 0) {
          take(requested, i);
        }
        long given = requested == 0 ? choose() : requested;
        ports.get(i).set("nodePort", Json.of(given));
        byPort.put(number, given);
      } else if (wanted == 0) {
        ports.get(i).set("nodePort", Json.of(shared));
      } else if (wanted != shared) {
        take(wanted, i);
      }
    }
  }

  private static long requested(List<JsonObject> ports, long number) {
    for (JsonObject port : ports) {
      if (port.wholeOrZero("port") == number && port.wholeOrZero("nodePort") != 0) {
        return port.wholeOrZero("nodePort");
      }
    }
    return 0;
  }

  private void changed(List<JsonObject> ports, Set<Long> own, boolean give) {
    Set<String> told = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      JsonObject port = ports.get(i);
      long wanted = port.wholeOrZero("nodePort");
      if (wanted == 0 && !give) {
        continue;
      }
      if (wanted == 0) {
        port.set("nodePort", Json.of(choose()));
      } else if (own.add(wanted)) {
        take(wanted, i);
      }
      String shown =
          "{%s %d}".formatted(port.textOrEmpty("protocol"), port.wholeOrZero("nodePort"));
      if (!told.add(shown)) {
        throw StatusErrors.bare(500, "duplicate nodePort: " + shown);
      }
    }
  }

  private long choose() {
    if (request.dryRun()) {
      long given = tried.stream().mapToLong(Long::longValue).max().orElse(LAST_OF_ALL) + 1;
      tried.add(given);
      return given;
    }
    OptionalLong free = range.choose(taken::isTaken, random);
    if (free.isEmpty()) {
      throw StatusErrors.internal("failed to allocate a nodePort: range is full");
    }
    taken.take(free.getAsLong());
    return free.getAsLong();
  }

  private String problem(long port) {
    if (taken.isTaken(port) || tried.contains(port)) {
      return "provided port is already allocated";
    }
    boolean outside = !request.dryRun() && !range.contains(port);
    return outside
        ? "provided port is not in the valid range. The range of valid ports is %d-%d"
            .formatted(range.first(), range.last())
        : "";
  }

  private void take(long port, int index) {
    String problem = problem(port);
    if (!problem.isEmpty()) {
      FieldPath path = FieldPath.of("spec.ports").index(index).child("nodePort");
      throw AllocationErrors.refuse(
          request, List.of(FieldError.invalid(path, Json.of(port), problem)));
    }
    keep(port);
  }

  private void keep(long port) {
    if (request.dryRun()) {
      tried.add(port);
    } else {
      taken.take(port);
    }
  }

  private void healthPort(JsonObject spec) {
    long wanted = spec.wholeOrZero("healthCheckNodePort");
    if (wanted == 0) {
      spec.set("healthCheckNodePort", Json.of(choose()));
    } else if (!problem(wanted).isEmpty()) {
      throw StatusErrors.internal(
          "failed to allocate requested HealthCheck NodePort %d: %s"
              .formatted(wanted, problem(wanted)));
    } else {
      keep(wanted);
    }
  }
}
