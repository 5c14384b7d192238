package dev.pintle.kube.outbound;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.outbound.ClientConfig.ServiceReference;
import dev.pintle.kube.outbound.OutboundTarget.Place;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.DerivedObjects;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The finder of the places where a service is: its endpoints that are ready, as its EndpointSlices name them. One that has no slices at
/// all, as where nobody writes them, is reached by its own address; one with an external name by that. The service `kubernetes` is where the
/// server itself listens, whatever its slices say.
public final class ServiceEndpoints {
  private static final int NAMESPACES_MAX = 256;
  private static final int PLACES_MAX = 16;
  private static final int PORT_MAX = 65_535;

  /// Of the service by which the server is found.
  private static final int OWN_PORT = 443;

  private static final String OWNER = "kubernetes.io/service-name";

  private final Supplier<ResourceType> services;
  private final Supplier<ResourceType> slices;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Place own;

  /// Guarded by `lock`.
  private final Map<String, DerivedObjects<Slice>> byNamespace =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DerivedObjects<Slice>> eldest) {
          return size() > NAMESPACES_MAX;
        }
      };

  /// The part of an EndpointSlice that matters here.
  ///
  /// @param addresses of the endpoints that are ready
  /// @param ports by their names
  /// @param version of the object
  private record Slice(
      String service,
      String family,
      List<String> addresses,
      Map<String, Integer> ports,
      long version) {

    static Slice of(StoredObject object) {
      JsonObject tree = object.tree();
      List<String> addresses = new ArrayList<>();
      for (JsonObject endpoint : tree.objects("endpoints")) {
        JsonArray named = endpoint.array("addresses");
        JsonObject conditions = endpoint.object("conditions");
        Json ready = conditions == null ? null : conditions.get("ready");
        boolean isReady = !(ready instanceof Json.Bool(var value)) || value;
        if (isReady
            && named != null
            && !named.isEmpty()
            && named.at(0) instanceof Json.Text(var ip)) {
          addresses.add(ip);
        }
      }
      Map<String, Integer> ports = new LinkedHashMap<>();
      for (JsonObject port : tree.objects("ports")) {
        if (port.get("port") instanceof Json.Whole number && port.has("name")) {
          ports.putIfAbsent(port.textOrEmpty("name"), Math.clamp(number.value(), 0, PORT_MAX));
        }
      }
      return new Slice(
          tree.objectOrEmpty("metadata").objectOrEmpty("labels").textOrEmpty(OWNER),
          tree.textOrEmpty("addressType"),
          List.copyOf(addresses),
          ports,
          object.version());
    }
  }

  /// @param services the resource of services
  /// @param slices that of EndpointSlices
  public ServiceEndpoints(
      Supplier<ResourceType> services, Supplier<ResourceType> slices, RandomGenerator random) {
    this.services = services;
    this.slices = slices;
    this.random = random;
  }

  /// Says where the server itself is, which the service `kubernetes` stands for.
  public void listenAt(String host, int port) {
    own = new Place(host, port, 0);
  }

  /// Where the service is, in the order in which to try.
  ///
  /// @throws OutboundException in upstream's words where it is nowhere
  List<Place> find(ServiceReference asked, ObjectView view) throws OutboundException {
    Place self = own;
    if (self != null && isOwn(asked)) {
      return List.of(self);
    }
    StoredObject found = view.find(services.get(), asked.namespace(), asked.name());
    if (found == null) {
      throw OutboundException.because("service \"%s\" not found".formatted(asked.name()));
    }
    JsonObject spec = found.tree().objectOrEmpty("spec");
    String type = spec.textOrEmpty("type");
    return switch (type) {
      case "ExternalName" ->
          List.of(new Place(spec.textOrEmpty("externalName"), asked.port(), found.version()));
      case "ClusterIP", "NodePort", "LoadBalancer" -> endpoints(asked, found, spec, view);
      default -> throw OutboundException.because("unsupported service type \"%s\"".formatted(type));
    };
  }

  private static boolean isOwn(ServiceReference asked) {
    return asked.namespace().equals("default")
        && asked.name().equals("kubernetes")
        && asked.port() == OWN_PORT;
  }

  private List<Place> endpoints(
      ServiceReference asked, StoredObject service, JsonObject spec, ObjectView view)
      throws OutboundException {
    JsonObject port = port(asked, spec);
    List<Slice> own = new ArrayList<>();
    for (Slice slice : slices(asked.namespace()).of(view)) {
      if (slice.service().equals(asked.name())) {
        own.add(slice);
      }
    }
    if (own.isEmpty()) {
      return List.of(clusterAddress(asked, spec, service.version()));
    }
    List<Place> places = places(own, port.textOrEmpty("name"), preferred(spec));
    if (places.isEmpty()) {
      throw OutboundException.because(
          "no endpoints available for service \"%s\"".formatted(asked.name()));
    }
    return places;
  }

  private static JsonObject port(ServiceReference asked, JsonObject spec) throws OutboundException {
    for (JsonObject port : spec.objects("ports")) {
      if (port.get("port") instanceof Json.Whole number && number.value() == asked.port()) {
        return port;
      }
    }
    throw OutboundException.because(
        "no service port %d found for service \"%s\"".formatted(asked.port(), asked.name()));
  }

  private static Place clusterAddress(ServiceReference asked, JsonObject spec, long version)
      throws OutboundException {
    String address = spec.textOrEmpty("clusterIP");
    if (address.equals("None")) {
      throw OutboundException.because("cannot route to service with ClusterIP \"None\"");
    }
    return new Place(address, asked.port(), version);
  }

  private static String preferred(JsonObject spec) {
    JsonArray families = spec.array("ipFamilies");
    return families != null
            && !families.isEmpty()
            && families.at(0) instanceof Json.Text(var family)
        ? family
        : "";
  }

  /// In an order of chance, those of the service's first family before others.
  private List<Place> places(List<Slice> own, String port, String family) {
    List<Place> first = new ArrayList<>();
    List<Place> others = new ArrayList<>();
    for (Slice slice : own) {
      Integer number = slice.ports().get(port);
      if (number != null) {
        List<Place> into = slice.family().equals(family) ? first : others;
        slice.addresses().forEach(address -> into.add(new Place(address, number, slice.version())));
      }
    }
    Random order = Random.from(random);
    Collections.shuffle(first, order);
    Collections.shuffle(others, order);
    first.addAll(others);
    return first.subList(0, Math.min(first.size(), PLACES_MAX));
  }

  private DerivedObjects<Slice> slices(String namespace) {
    lock.lock();
    try {
      @Nullable DerivedObjects<Slice> known = byNamespace.get(namespace);
      if (known == null) {
        known = new DerivedObjects<>(slices, namespace, Slice::of);
        byNamespace.put(namespace, known);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }
}
