package dev.pintle.kube.endpoint;

import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A pod, as far as it matters to the services that it stands behind.
record ServicePod(JsonObject tree) {
  private static final String READY = "Ready";
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /// The pods of a namespace that a service selects.
  static List<ServicePod> selected(
      ObjectView view, ResourceType pods, String namespace, Map<String, String> selector) {
    List<ServicePod> selected = new ArrayList<>();
    view.scan(
        RangeRequest.of(Keys.range(pods, namespace)),
        kv -> {
          StoredObject stored = view.read(pods, kv);
          if (isSelected(selector, stored.labels())) {
            selected.add(new ServicePod(stored.tree()));
          }
          return true;
        });
    return selected;
  }

  static boolean isSelected(Map<String, String> selector, Map<String, String> labels) {
    return selector.entrySet().stream()
        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
  }

  private JsonObject metadata() {
    return tree.objectOrEmpty("metadata");
  }

  private JsonObject spec() {
    return tree.objectOrEmpty("spec");
  }

  private JsonObject status() {
    return tree.objectOrEmpty("status");
  }

  String name() {
    return metadata().textOrEmpty("name");
  }

  String uid() {
    return metadata().textOrEmpty("uid");
  }

  String node() {
    return spec().textOrEmpty("nodeName");
  }

  boolean isGoing() {
    return metadata().has("deletionTimestamp");
  }

  boolean isReady() {
    return readiness().textOrEmpty("status").equals("True");
  }

  /// When it last became ready or ceased to be; empty when that is not known.
  String readyChanged() {
    return readiness().textOrEmpty("lastTransitionTime");
  }

  private JsonObject readiness() {
    for (JsonObject condition : status().objects("conditions")) {
      if (condition.textOrEmpty("type").equals(READY)) {
        return condition;
      }
    }
    return new JsonObject();
  }

  /// Whether somebody might talk to it: it has an address, and has not come to its end.
  boolean isReachable() {
    return !ENDED.contains(status().textOrEmpty("phase"))
        && (!status().textOrEmpty("podIP").isEmpty() || !status().arrayOrEmpty("podIPs").isEmpty());
  }

  /// Its addresses of one family, in the one way to write them.
  List<String> addresses(AddressFamily family) {
    Set<String> addresses = new LinkedHashSet<>();
    for (JsonObject each : status().objects("podIPs")) {
      byte[] address = Addresses.parse(each.textOrEmpty("ip"));
      if (address != null && family.bytes() == address.length) {
        addresses.add(Addresses.text(address));
      }
    }
    return List.copyOf(addresses);
  }

  /// The name that it has within a service, if it belongs to that one; empty for none.
  String hostname(String service) {
    return spec().textOrEmpty("subdomain").equals(service) ? spec().textOrEmpty("hostname") : "";
  }

  JsonObject reference() {
    return new JsonObject()
        .set("kind", "Pod")
        .set("namespace", metadata().textOrEmpty("namespace"))
        .set("name", name())
        .set("uid", uid());
  }

  /// The port of its that one of a service leads to; 0 where it has none.
  long port(JsonObject servicePort) {
    Json target = servicePort.get("targetPort");
    if (target instanceof Json.Whole(long number)) {
      return number;
    }
    String name = servicePort.textOrEmpty("targetPort");
    String protocol = servicePort.textOrEmpty("protocol");
    long found = named(spec().objects("containers"), name, protocol);
    return found != 0 ? found : named(sidecars(), name, protocol);
  }

  private List<JsonObject> sidecars() {
    return spec().objects("initContainers").stream()
        .filter(container -> container.textOrEmpty("restartPolicy").equals("Always"))
        .toList();
  }

  private static long named(List<JsonObject> containers, String name, String protocol) {
    for (JsonObject container : containers) {
      for (JsonObject port : container.objects("ports")) {
        if (port.textOrEmpty("name").equals(name)
            && port.textOrEmpty("protocol").equals(protocol)) {
          return port.wholeOrZero("containerPort");
        }
      }
    }
    return 0;
  }
}
