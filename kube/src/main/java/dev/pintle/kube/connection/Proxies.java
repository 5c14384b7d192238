package dev.pintle.kube.connection;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.wire.RequestHead;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The sub-resource `proxy` of pods, services and nodes.
final class Proxies {
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";
  private static final String NOT_ALLOWED = "address not allowed";

  private final Kubelets kubelets;
  private final Supplier<ResourceType> slices;
  private final Supplier<ResourceType> pods;

  Proxies(Kubelets kubelets, Supplier<ResourceType> slices, Supplier<ResourceType> pods) {
    this.kubelets = kubelets;
    this.slices = slices;
    this.pods = pods;
  }

  Answer connect(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    switch (request.type().plural()) {
      case "pods" -> requirePod(request, view);
      case "services" -> requireEndpoint(request, view);
      default -> requireNode(request, view);
    }
    return new Answer.Stream(reply -> leadOn(request, reply));
  }

  /// Whoever reads what is proxied is sent to its root, so that the links in it lead there.
  private static void leadOn(ApiRequest request, Reply reply) {
    RequestHead head = reply.exchange().head();
    boolean reads = head.method().equals("GET") || head.method().equals("HEAD");
    if (!reads
        || new StreamUpgrade(head).isAsked()
        || !ConnectAdmission.pathBehind(request).isEmpty()) {
      throw StatusErrors.unserved(request.type(), request.subresource());
    }
    String query = head.query().isEmpty() ? "" : "?" + head.query();
    reply.moved(request.target().path() + "/" + query);
  }

  private static void requirePod(ApiRequest request, ObjectView view) {
    String name = ProxiedName.parse(request.name(), "pod").name();
    StoredObject pod = view.require(request.type(), request.namespace(), name);
    requireGlobal(Addresses.parse(pod.text("status.podIP")));
  }

  private void requireNode(ApiRequest request, ObjectView view) {
    String name = ProxiedName.parse(request.name(), "node").name();
    byte[] literal = Addresses.parse(kubelets.host(request, view, name));
    // Names are not looked up: nobody is connected.
    if (literal != null) {
      requireGlobal(literal);
    }
  }

  /// Addresses of the machine itself, of a link, or of many are nobody's.
  private static void requireGlobal(byte @Nullable [] address) {
    if (address == null || !isGlobalUnicast(address)) {
      throw StatusErrors.badRequest(NOT_ALLOWED);
    }
  }

  private static boolean isGlobalUnicast(byte[] bytes) {
    try {
      InetAddress address = InetAddress.getByAddress(bytes);
      boolean broadcast = "255.255.255.255".equals(address.getHostAddress());
      return !broadcast
          && !address.isAnyLocalAddress()
          && !address.isLoopbackAddress()
          && !address.isMulticastAddress()
          && !address.isLinkLocalAddress();
    } catch (UnknownHostException noLength) {
      throw new IllegalArgumentException(
          "address of %d bytes (expected: 4 or 16)".formatted(bytes.length), noLength);
    }
  }

  private void requireEndpoint(ApiRequest request, ObjectView view) {
    ProxiedName asked = ProxiedName.parse(request.name(), "service");
    String port = portName(request, view, asked);
    ResourceType type = slices.get();
    RangeRequest all = RangeRequest.of(Keys.range(type, request.namespace()));
    for (KeyValue kv : view.range(all).entries()) {
      StoredObject slice = view.read(type, kv);
      if (asked.name().equals(slice.labels().get(SERVICE_LABEL))
          && hasPort(slice.tree(), port)
          && hasPod(slice.tree(), request, view)) {
        return;
      }
    }
    throw StatusErrors.unavailable(
        "no endpoints available for service \"%s\"".formatted(asked.name()));
  }

  /// A number stands for the port of the service that has it.
  private static String portName(ApiRequest request, ObjectView view, ProxiedName asked) {
    long number;
    try {
      number = Long.parseLong(asked.port());
    } catch (NumberFormatException name) {
      return asked.port();
    }
    StoredObject service = view.require(request.type(), request.namespace(), asked.name());
    for (JsonObject port : service.tree().objectOrEmpty("spec").objects("ports")) {
      if (port.wholeOrZero("port") == number) {
        return port.textOrEmpty("name");
      }
    }
    throw noPort(number, asked.name());
  }

  private static StatusError noPort(long number, String service) {
    return StatusErrors.unavailable(
        "no service port %d found for service \"%s\"".formatted(number, service));
  }

  private static boolean hasPort(JsonObject slice, String name) {
    for (JsonObject port : slice.objects("ports")) {
      if (port.has("port") && name.equals(port.textOrEmpty("name"))) {
        return true;
      }
    }
    return false;
  }

  /// Only addresses that are a pod's are proxied to.
  private boolean hasPod(JsonObject slice, ApiRequest request, ObjectView view) {
    for (JsonObject endpoint : slice.objects("endpoints")) {
      if (!Json.Bool.FALSE.equals(endpoint.objectOrEmpty("conditions").get("ready"))
          && isPod(endpoint, request, view)) {
        return true;
      }
    }
    return false;
  }

  private boolean isPod(JsonObject endpoint, ApiRequest request, ObjectView view) {
    JsonObject reference = endpoint.objectOrEmpty("targetRef");
    if (!request.namespace().equals(reference.textOrEmpty("namespace"))) {
      return false;
    }
    StoredObject pod = view.find(pods.get(), request.namespace(), reference.textOrEmpty("name"));
    List<String> addresses = endpoint.texts("addresses");
    if (pod == null || addresses.isEmpty()) {
      return false;
    }
    for (JsonObject own : pod.tree().objectOrEmpty("status").objects("podIPs")) {
      if (addresses.getFirst().equals(own.textOrEmpty("ip"))) {
        return true;
      }
    }
    return false;
  }
}
