package dev.pintle.kube.endpoint;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.controller.EventRecorder;
import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.MetaTime;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The controller that keeps the EndpointSlices of services that select pods: upstream's `endpointslice-controller`, by its rules.
public final class EndpointSliceController
    implements Informer.Handler, ServiceSelectors.Listener, AutoCloseable {
  /// The name by which it is turned on and off.
  public static final String NAME = "endpointslice-controller";

  private static final String MANAGER = "endpointslice-controller.k8s.io";
  private static final int WORKERS = 5;

  /// The key for which services are looked for that nodes matter to; those of services have a slash.
  private static final String NODES = "nodes";

  private final LocalClient client;
  private final ServiceTypes types;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;
  private final ServiceSyncs syncs;
  private final SliceEvents slices;
  private final NodeZones zones;
  private final ZoneCapacities capacities;
  private final TopologyHints topology;
  private final EventRecorder events;
  private final TriggerTimes times = new TriggerTimes();

  public EndpointSliceController(
      LocalClient client,
      ServiceTypes types,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.types = types;
    this.queue = queue;
    this.syncs = new ServiceSyncs(queue);
    this.zones = new NodeZones(types.nodes(), queue);
    this.capacities = new ZoneCapacities(types.nodes(), client.context().objects());
    this.topology = new TopologyHints(capacities);
    this.slices = new SliceEvents(types.slices(), client.context().objects(), MANAGER, queue);
    this.events = new EventRecorder(client, types.events(), "endpoint-slice-controller", failures);
    this.workers =
        new QueueWorkers<>(NAME, queue, failures, key -> syncs.timed(key, this::isSynced));
    workers.start(WORKERS);
  }

  @Override
  public void serviceChanged(String key) {
    queue.add(key);
  }

  @Override
  public void podsChanged(String key) {
    syncs.podsChanged(key);
  }

  @Override
  public void replacing() {
    capacities.replacing();
  }

  @Override
  public void present(KeyValue kv) {
    capacities.present(kv);
  }

  @Override
  public void replaced() {
    capacities.replaced();
    queue.add(NODES);
  }

  @Override
  public void changed(WatchEvent event) {
    slices.changed(event);
    zones.changed(event);
    if (capacities.changed(event) && topology.isUsed()) {
      queue.add(NODES);
    }
  }

  private boolean isSynced(String key) {
    if (key.equals(NODES)) {
      topology.overloaded().forEach(queue::add);
      return true;
    }
    ServiceSyncs.Name name = ServiceSyncs.Name.of(key);
    ObjectView view = client.context().view();
    StoredObject stored = view.find(types.services(), name.namespace(), name.name());
    if (stored == null) {
      times.forget(key);
      zones.forget(key);
      topology.forget(key);
      return true;
    }
    Optional<SelectingService> service = SelectingService.of(stored);
    if (service.isEmpty()) {
      times.forget(key);
      return true;
    }
    if (TopologyHints.areAskedFor(service.get()) && !topology.isReady()) {
      return false;
    }
    return isSynced(key, service.get(), view);
  }

  private boolean isSynced(String key, SelectingService service, ObjectView view) {
    List<ServicePod> pods =
        types.selected().selected(view, service.namespace(), service.selector());
    List<JsonObject> existing = SliceEvents.existing(view, types.slicesOf(), key, MANAGER);
    Optional<Instant> changed = times.look(key, service, pods);
    List<AddressFamily> families = service.families();
    SliceChanges changes = new SliceChanges();
    Set<String> missing = new LinkedHashSet<>();
    List<TopologyHints.Told> told = new ArrayList<>(0);
    for (AddressFamily family : AddressFamily.values()) {
      List<JsonObject> own = new ArrayList<>(existing);
      own.removeIf(slice -> !isOf(slice, family));
      if (families.contains(family)) {
        SliceChanges ofFamily = new SliceChanges();
        missing.addAll(change(service, pods, own, family, view, ofFamily));
        hint(key, service, family, own, ofFamily, told);
        changes.addAll(ofFamily);
      } else if (!own.isEmpty()) {
        topology.drop(key, family);
      }
    }
    for (JsonObject slice : existing) {
      if (families.stream().noneMatch(each -> isOf(slice, each))) {
        changes.deleted().add(slice);
      }
    }
    changes.reuse(slice -> isOwned(slice, service));
    changes.created().forEach(slice -> put(slice, changed));
    changes.updated().forEach(slice -> put(slice, changed));
    try {
      return changes.write(client, types.slices(), service.namespace(), !service.isGoing());
    } finally {
      // Whether it can be written now or not, it is not told again.
      tell(service, told);
      tell(key, service, missing);
    }
  }

  private static boolean isOf(JsonObject slice, AddressFamily family) {
    return slice.textOrEmpty("addressType").equals(family.text());
  }

  /// The changes of the slices of one family; answers of which pods the nodes are not known.
  private Set<String> change(
      SelectingService service,
      List<ServicePod> pods,
      List<JsonObject> existing,
      AddressFamily family,
      ObjectView view,
      SliceChanges changes) {
    Map<JsonArray, Map<SliceEndpoint.Key, JsonObject>> wanted = new LinkedHashMap<>();
    Set<String> lost = wanted(service, pods, family, view, wanted);
    Map<Set<Json>, List<JsonObject>> byPorts = new LinkedHashMap<>();
    for (JsonObject slice : existing) {
      if (isOwned(slice, service)) {
        byPorts
            .computeIfAbsent(portKey(slice.arrayOrEmpty("ports")), _ -> new ArrayList<>())
            .add(slice);
      } else {
        changes.deleted().add(slice);
      }
    }
    wanted.forEach((ports, endpoints) -> {
      List<JsonObject> own = byPorts.remove(portKey(ports));
      new SlicePacking(
              () -> slice(service, family, ports),
              slice -> SliceLabels.mended(slice, service, MANAGER))
          .pack(own == null ? List.of() : own, endpoints, changes);
    });
    byPorts.values().forEach(changes.deleted()::addAll);
    keepPlaceholder(service, existing, family, changes);
    return lost;
  }

  private Set<String> wanted(
      SelectingService service,
      List<ServicePod> pods,
      AddressFamily family,
      ObjectView view,
      Map<JsonArray, Map<SliceEndpoint.Key, JsonObject>> wanted) {
    Map<Set<Json>, JsonArray> written = new LinkedHashMap<>();
    Map<String, Optional<String>> known = new LinkedHashMap<>();
    Set<String> lost = new LinkedHashSet<>();
    for (ServicePod pod : pods) {
      if (!pod.isReachable()) {
        continue;
      }
      JsonArray own = service.ports(pod);
      JsonArray ports = written.computeIfAbsent(portKey(own), _ -> own);
      Map<SliceEndpoint.Key, JsonObject> endpoints =
          wanted.computeIfAbsent(ports, _ -> new LinkedHashMap<>());
      Optional<String> zone = known.computeIfAbsent(pod.node(), node -> zones.find(node, view));
      List<String> addresses = pod.addresses(family);
      if (zone.isEmpty() && !service.publishesAll()) {
        lost.add(
            "skipping Pod %s for Service %s/%s: Node %s Not Found"
                .formatted(pod.name(), service.namespace(), service.name(), pod.node()));
      } else if (!addresses.isEmpty()) {
        JsonObject endpoint = SliceEndpoint.of(pod, service, addresses, zone.orElse(""));
        endpoints.put(SliceEndpoint.Key.of(endpoint), endpoint);
      }
    }
    return lost;
  }

  /// In whatever order.
  static Set<Json> portKey(JsonArray ports) {
    Set<Json> key = new HashSet<>();
    ports.forEach(key::add);
    return key;
  }

  private static boolean isOwned(JsonObject slice, SelectingService service) {
    return slice.objectOrEmpty("metadata").objects("ownerReferences").stream()
        .anyMatch(owner ->
            owner.textOrEmpty("uid").equals(service.uid())
                && owner.textOrEmpty("kind").equals("Service")
                && owner.textOrEmpty("apiVersion").equals("v1"));
  }

  private static JsonObject slice(SelectingService service, AddressFamily family, JsonArray ports) {
    JsonObject metadata =
        SliceEvents.metadata(service.namespace(), service.name(), "Service", service.uid())
            .set("labels", SliceLabels.of(service, MANAGER));
    return new JsonObject()
        .set("metadata", metadata)
        .set("addressType", family.text())
        .set("endpoints", new JsonArray())
        .set("ports", ports.copy());
  }

  /// A service without endpoints has one slice without.
  private static void keepPlaceholder(
      SelectingService service,
      List<JsonObject> existing,
      AddressFamily family,
      SliceChanges changes) {
    if (existing.size() != changes.deleted().size() || !changes.created().isEmpty()) {
      return;
    }
    JsonObject placeholder = slice(service, family, new JsonArray());
    boolean there =
        changes.deleted().size() == 1 && isSame(changes.deleted().getFirst(), placeholder, service);
    if (there) {
      changes.deleted().clear();
    } else {
      changes.created().add(placeholder);
    }
  }

  private static boolean isSame(
      JsonObject slice, JsonObject placeholder, SelectingService service) {
    JsonObject labels = slice.objectOrEmpty("metadata").objectOrEmpty("labels");
    return slice.arrayOrEmpty("endpoints").isEmpty()
        && slice.arrayOrEmpty("ports").isEmpty()
        && isOwned(slice, service)
        && labels.equals(placeholder.objectOrEmpty("metadata").objectOrEmpty("labels"));
  }

  private void hint(
      String key,
      SelectingService service,
      AddressFamily family,
      List<JsonObject> existing,
      SliceChanges changes,
      List<TopologyHints.Told> told) {
    if (TopologyHints.areAskedFor(service)) {
      topology.put(key, family, existing, changes, told);
    } else {
      topology.end(key, family, told);
      TrafficHints.of(service).apply(existing, changes);
    }
  }

  private static void put(JsonObject slice, Optional<Instant> changed) {
    JsonObject annotations = slice.objectAt("metadata").objectAt("annotations");
    annotations.remove(TriggerTimes.ANNOTATION);
    changed.ifPresent(time -> annotations.set(TriggerTimes.ANNOTATION, MetaTime.text(time)));
  }

  private void tell(SelectingService service, List<TopologyHints.Told> told) {
    for (TopologyHints.Told each : told) {
      if (each.isWarning()) {
        events.warn(service.involved(), each.reason(), each.message());
      } else {
        events.inform(service.involved(), each.reason(), each.message());
      }
    }
  }

  /// What lacks its node is left out until that is there.
  private void tell(String key, SelectingService service, Set<String> missing) {
    if (missing.isEmpty()) {
      zones.forget(key);
      return;
    }
    zones.awaited(key);
    String all =
        missing.size() == 1 ? missing.iterator().next() : '[' + String.join(", ", missing) + ']';
    events.warn(
        service.involved(),
        "FailedToUpdateEndpointSlices",
        "Error updating Endpoint Slices for Service %s/%s: %s"
            .formatted(service.namespace(), service.name(), all));
  }

  @Override
  public void close() {
    workers.close();
  }
}
