package dev.pintle.kube.controller;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The condition `Available` of an APIService that names a service, by upstream's checks in upstream's order. No request is
/// ever proxied to one, so that the last check always fails.
///
/// @param slices the type of EndpointSlices
record ApiServiceAvailability(ResourceType services, ResourceType slices, ObjectView view) {
  private static final long HTTPS = 443;

  /// The outcome of the checks.
  ///
  /// @param reason for machines
  record Answer(boolean available, String reason, String message) {}

  Answer of(JsonObject apiService) {
    JsonObject reference = apiService.objectAt("spec").object("service");
    if (reference == null) {
      return new Answer(true, "Local", "Local APIServices are always available");
    }
    String name = String.valueOf(reference.text("name"));
    String namespace = String.valueOf(reference.text("namespace"));
    long port = reference.get("port") instanceof Json.Whole(long number) ? number : HTTPS;
    StoredObject found = view.find(services, namespace, name);
    if (found == null) {
      return no("ServiceNotFound", "service/%s in \"%s\" is not present", name, namespace);
    }
    JsonObject spec = found.tree().objectAt("spec");
    if ("ClusterIP".equals(spec.text("type"))) {
      Optional<Answer> wrong = inCluster(spec, name, namespace, port);
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    return no(
        "FailedDiscoveryCheck",
        "requests for service/%s in \"%s\" are not handed on by this server",
        name,
        namespace);
  }

  private Optional<Answer> inCluster(JsonObject spec, String name, String namespace, long port) {
    JsonObject listed =
        spec.objects("ports").stream()
            .filter(each -> Json.of(port).equals(each.get("port")))
            .findFirst()
            .orElse(null);
    if (listed == null) {
      String text = "service/%s in \"%s\" is not listening on port " + port;
      return Optional.of(no("ServicePortError", text, name, namespace));
    }
    List<JsonObject> slicesOfService = slices(namespace, name);
    if (slicesOfService.isEmpty()) {
      String text = "cannot find endpointslices for service/%s in \"%s\"";
      return Optional.of(no("EndpointsNotFound", text, name, namespace));
    }
    String portName = listed.textOrEmpty("name");
    if (slicesOfService.stream().noneMatch(slice -> isActive(slice, portName))) {
      String text =
          "endpointslices for service/%s in \"%s\" have no addresses with port name \""
              + portName
              + '"';
      return Optional.of(no("MissingEndpoints", text, name, namespace));
    }
    return Optional.empty();
  }

  private List<JsonObject> slices(String namespace, String service) {
    List<JsonObject> found = new ArrayList<>();
    for (KeyValue kv : view.range(RangeRequest.of(Keys.range(slices, namespace))).entries()) {
      JsonObject slice = view.read(slices, kv).tree();
      JsonObject labels = slice.objectAt("metadata").object("labels");
      if (labels != null && service.equals(labels.text("kubernetes.io/service-name"))) {
        found.add(slice);
      }
    }
    return found;
  }

  private static boolean isActive(JsonObject slice, String portName) {
    boolean hasPort =
        slice.objects("ports").stream().anyMatch(port -> port.textOrEmpty("name").equals(portName));
    return hasPort && slice.objects("endpoints").stream().anyMatch(ApiServiceAvailability::isReady);
  }

  private static boolean isReady(JsonObject endpoint) {
    JsonObject conditions = endpoint.object("conditions");
    return conditions == null || !Json.of(false).equals(conditions.get("ready"));
  }

  private static Answer no(String reason, String text, String name, String namespace) {
    return new Answer(false, reason, text.formatted(name, namespace));
  }
}
