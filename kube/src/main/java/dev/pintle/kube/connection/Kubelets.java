package dev.pintle.kube.connection;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The addresses at which the kubelets of nodes say that they are.
final class Kubelets {
  private static final List<String> PREFERRED =
      List.of("Hostname", "InternalDNS", "InternalIP", "ExternalDNS", "ExternalIP");

  private final Supplier<ResourceType> nodes;

  Kubelets(Supplier<ResourceType> nodes) {
    this.nodes = nodes;
  }

  /// The host of a node's kubelet.
  ///
  /// @throws dev.pintle.kube.status.StatusError where there is no such node, told in the name of what was asked for, or none of its
  ///     addresses can be used
  String host(ApiRequest request, ObjectView view, String node) {
    StoredObject found = view.find(nodes.get(), "", node);
    if (found == null) {
      throw StatusErrors.notFound(request.type(), node);
    }
    List<JsonObject> addresses = new ArrayList<>();
    found.tree().objectOrEmpty("status").objects("addresses").forEach(addresses::add);
    for (String type : PREFERRED) {
      for (JsonObject address : addresses) {
        if (type.equals(address.textOrEmpty("type"))) {
          return address.textOrEmpty("address");
        }
      }
    }
    List<String> known =
        addresses.stream()
            .map(one -> "{%s %s}".formatted(one.textOrEmpty("type"), one.textOrEmpty("address")))
            .toList();
    throw StatusErrors.bare(
        500,
        "no preferred addresses found; known addresses: [%s]".formatted(String.join(" ", known)));
  }
}
