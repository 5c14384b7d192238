package dev.pintle.kube.endpoint;

import dev.pintle.kube.controller.EventRecorder;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A service that selects pods.
///
/// @param labels its own
record SelectingService(
    JsonObject tree, Map<String, String> selector, Map<String, String> labels, boolean isGoing) {
  static final String HEADLESS = "service.kubernetes.io/headless";
  private static final String NO_ADDRESS = "None";

  /// Empty for a service that selects no pods, or that is another name for something else.
  static Optional<SelectingService> of(StoredObject stored) {
    Optional<Map<String, String>> selector = selectorOf(stored);
    return selector.map(selects ->
        new SelectingService(stored.tree(), selects, stored.labels(), stored.isBeingDeleted()));
  }

  /// What a service selects; empty as in [#of].
  static Optional<Map<String, String>> selectorOf(StoredObject stored) {
    String written = stored.text("spec.selector");
    if (written.isEmpty()
        || stored.text("spec.type").equals("ExternalName")
        || !(JsonReader.read(written.getBytes(StandardCharsets.UTF_8))
            instanceof JsonObject selector)) {
      return Optional.empty();
    }
    Map<String, String> wanted = new HashMap<>();
    for (JsonObject.Field field : selector) {
      if (field.value() instanceof Json.Text(var value)) {
        wanted.put(field.name(), value);
      }
    }
    return Optional.of(Map.copyOf(wanted));
  }

  private JsonObject metadata() {
    return tree.objectOrEmpty("metadata");
  }

  JsonObject spec() {
    return tree.objectOrEmpty("spec");
  }

  String name() {
    return metadata().textOrEmpty("name");
  }

  String namespace() {
    return metadata().textOrEmpty("namespace");
  }

  String uid() {
    return metadata().textOrEmpty("uid");
  }

  String created() {
    return metadata().textOrEmpty("creationTimestamp");
  }

  @Nullable String annotation(String name) {
    return metadata().objectOrEmpty("annotations").text(name);
  }

  boolean hasAddress() {
    String address = spec().textOrEmpty("clusterIP");
    return !address.isEmpty() && !address.equals(NO_ADDRESS);
  }

  boolean publishesAll() {
    return spec().isTrue("publishNotReadyAddresses");
  }

  /// The families that it has addresses of; one that does not say so has that of its address, or both.
  List<AddressFamily> families() {
    List<String> named = spec().texts("ipFamilies");
    List<AddressFamily> families = new ArrayList<>();
    for (AddressFamily each : AddressFamily.values()) {
      boolean own =
          named.isEmpty()
              ? !hasAddress()
                  || Addresses.isV6(spec().textOrEmpty("clusterIP")) == (each == AddressFamily.V6)
              : named.contains(each.text());
      if (own) {
        families.add(each);
      }
    }
    return families;
  }

  /// The ports of a pod that its own lead to, as slices have them.
  JsonArray ports(ServicePod pod) {
    JsonArray ports = new JsonArray();
    for (JsonObject port : spec().objects("ports")) {
      long number = pod.port(port);
      if (number != 0) {
        ports.add(port(port, number));
      }
    }
    return ports;
  }

  /// A port as endpoints and slices have it.
  static JsonObject port(JsonObject from, long number) {
    JsonObject port =
        new JsonObject()
            .set("name", from.textOrEmpty("name"))
            .set("port", Json.of(number))
            .set("protocol", from.textOrEmpty("protocol"));
    String application = from.text("appProtocol");
    return application == null ? port : port.set("appProtocol", application);
  }

  EventRecorder.Involved involved() {
    return new EventRecorder.Involved("v1", "Service", namespace(), name(), uid());
  }
}
