package dev.pintle.kube.quota;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.Set;

/// The measure of Services: their number, how many have load balancers, and the node ports that they are to have.
final class ServiceUsage implements UsageEvaluator {
  private static final String COUNT = "count/services";
  private static final String SERVICES = "services";
  private static final String LOAD_BALANCERS = "services.loadbalancers";
  private static final String NODE_PORTS = "services.nodeports";
  private static final Set<String> NAMES = Set.of(COUNT, SERVICES, LOAD_BALANCERS, NODE_PORTS);

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.subresource().isEmpty()
        && (request.action() == Action.CREATE || request.action() == Action.UPDATE);
  }

  @Override
  public boolean measures(String name, ObjectView view) {
    return NAMES.contains(name);
  }

  @Override
  public ResourceAmounts usage(JsonObject service, String namespace, ObjectView view) {
    JsonObject spec = service.objectAt("spec");
    long ports = 0;
    long balancers = 0;
    switch (spec.textOrEmpty("type")) {
      case "NodePort" -> ports = spec.objects("ports").size();
      case "LoadBalancer" -> {
        balancers = 1;
        // What is not given yet counts as well, unless none is to be given.
        ports =
            Json.Bool.FALSE.equals(spec.get("allocateLoadBalancerNodePorts"))
                ? spec.objects("ports").stream().filter(ServiceUsage::hasNodePort).count()
                : spec.objects("ports").size();
      }
      default -> {}
    }
    ResourceAmounts used = ResourceAmounts.none();
    used.values().put(COUNT, ObjectCount.ONE);
    used.values().put(SERVICES, ObjectCount.ONE);
    used.values().put(LOAD_BALANCERS, Quantity.of(balancers));
    used.values().put(NODE_PORTS, Quantity.of(ports));
    return used;
  }

  private static boolean hasNodePort(JsonObject port) {
    return port.wholeOrZero("nodePort") != 0;
  }
}
