package dev.pintle.kube.endpoint;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.controller.EventRecorder;
import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.controller.Refusals;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.MetaTime;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The controller that keeps the Endpoints of services that select pods: upstream's `endpoints-controller`, by its rules. They have the
/// addresses of one family, and at most a thousand.
public final class EndpointsController
    implements Informer.Handler, ServiceSelectors.Listener, AutoCloseable {
  /// The name by which it is turned on and off.
  public static final String NAME = "endpoints-controller";

  /// Endpoints with it are a lock, of which no service knows.
  static final String LOCK = "control-plane.alpha.kubernetes.io/leader";

  private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
  private static final String MANAGER = "endpoint-controller";
  private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
  private static final int ADDRESSES_MAX = 1_000;
  private static final int WORKERS = 5;

  private final LocalClient client;
  private final ServiceTypes types;
  private final Bytes prefix;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;
  private final ServiceSyncs syncs;
  private final EventRecorder events;
  private final TriggerTimes times = new TriggerTimes();

  public EndpointsController(
      LocalClient client,
      ServiceTypes types,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.types = types;
    this.prefix = Keys.collection(types.endpoints(), "");
    this.queue = queue;
    this.syncs = new ServiceSyncs(queue);
    this.events = new EventRecorder(client, types.events(), MANAGER, failures);
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

  /// The service of some may have gone while nobody looked.
  @Override
  public void present(KeyValue kv) {
    if (kv.key().startsWith(prefix)) {
      StoredObject stored = client.context().objects().read(types.endpoints(), kv);
      if (!stored.tree().objectAt("metadata").objectOrEmpty("annotations").has(LOCK)) {
        queue.add(Keys.rest(prefix, kv.key()));
      }
    }
  }

  @Override
  public void changed(WatchEvent event) {
    if (event.kind() == WatchEvent.Kind.DELETE && event.key().startsWith(prefix)) {
      queue.add(Keys.rest(prefix, event.key()));
    }
  }

  private boolean isSynced(String key) {
    ServiceSyncs.Name name = ServiceSyncs.Name.of(key);
    Target target = new Target(types.endpoints(), name.namespace(), name.name());
    ObjectView view = client.context().view();
    StoredObject stored = view.find(types.services(), name.namespace(), name.name());
    if (stored == null) {
      times.forget(key);
      if (view.find(types.endpoints(), name.namespace(), name.name()) != null) {
        Refusals.unlessGone(() -> client.delete(target, new JsonObject()));
      }
      return true;
    }
    SelectingService.of(stored)
        .ifPresentOrElse(service -> sync(key, target, service, view), () -> times.forget(key));
    return true;
  }

  private void sync(String key, Target target, SelectingService service, ObjectView view) {
    List<ServicePod> pods =
        types.selected().selected(view, service.namespace(), service.selector());
    Optional<Instant> changed = times.look(key, service, pods);
    JsonArray subsets = subsets(service, pods);
    boolean tooMany = SubsetPacking.size(subsets) > ADDRESSES_MAX;
    if (tooMany) {
      SubsetPacking.limit(subsets, ADDRESSES_MAX);
    }
    StoredObject found = view.find(types.endpoints(), target.namespace(), target.name());
    JsonObject before = found == null ? null : found.tree();
    if (before != null && isRight(before, service, subsets, tooMany)) {
      return;
    }
    write(target, service, before, wanted(before, service, subsets, tooMany, changed));
  }

  private static JsonArray subsets(SelectingService service, List<ServicePod> pods) {
    SubsetPacking packing = new SubsetPacking();
    List<JsonObject> ports = service.spec().objects("ports");
    for (ServicePod pod : pods) {
      boolean counts = pod.isReachable() && (service.publishesAll() || !pod.isGoing());
      String ip = counts ? address(service, pod) : "";
      if (ip.isEmpty()) {
        continue;
      }
      boolean ready = service.publishesAll() || pod.isReady();
      JsonObject address = address(service, pod, ip);
      if (ports.isEmpty() && !service.hasAddress()) {
        packing.add(address, ready);
      }
      for (JsonObject port : ports) {
        long number = pod.port(port);
        if (number != 0) {
          packing.add(SelectingService.port(port, number), address, ready);
        }
      }
    }
    return packing.packed();
  }

  private static JsonObject address(SelectingService service, ServicePod pod, String ip) {
    JsonObject address = new JsonObject().set("ip", ip);
    SliceEndpoint.set(address, "hostname", pod.hostname(service.name()));
    return address.set("nodeName", pod.node()).set("targetRef", pod.reference());
  }

  /// Of the first family of the service; empty for none.
  private static String address(SelectingService service, ServicePod pod) {
    List<String> named = service.spec().texts("ipFamilies");
    List<AddressFamily> families = service.families();
    AddressFamily family = families.getFirst();
    for (AddressFamily each : families) {
      if (!named.isEmpty() && each.text().equals(named.getFirst())) {
        family = each;
      }
    }
    List<String> addresses = pod.addresses(family);
    return addresses.isEmpty() ? "" : addresses.getFirst();
  }

  private static boolean isRight(
      JsonObject before, SelectingService service, JsonArray subsets, boolean tooMany) {
    JsonObject metadata = before.objectAt("metadata");
    JsonObject labels = metadata.objectOrEmpty("labels").copy();
    labels.set(SelectingService.HEADLESS, "");
    JsonObject wanted = labels(service);
    wanted.set(SelectingService.HEADLESS, "");
    return labels.equals(wanted)
        && metadata.objectOrEmpty("annotations").has(OVER_CAPACITY) == tooMany
        && SubsetPacking.isSame(before.arrayOrEmpty("subsets"), subsets);
  }

  private static JsonObject labels(SelectingService service) {
    JsonObject labels = new JsonObject();
    service.labels().forEach(labels::set);
    if (service.hasAddress()) {
      labels.remove(SelectingService.HEADLESS);
    } else {
      labels.set(SelectingService.HEADLESS, "");
    }
    return labels.set(MANAGED_BY, MANAGER);
  }

  private static JsonObject wanted(
      @Nullable JsonObject before,
      SelectingService service,
      JsonArray subsets,
      boolean tooMany,
      Optional<Instant> changed) {
    JsonObject wanted = before == null ? new JsonObject() : before.copy();
    JsonObject metadata = wanted.objectAt("metadata");
    metadata.set("name", service.name()).set("labels", labels(service));
    JsonObject annotations = metadata.objectAt("annotations");
    annotations.remove(TriggerTimes.ANNOTATION);
    annotations.remove(OVER_CAPACITY);
    changed.ifPresent(time -> annotations.set(TriggerTimes.ANNOTATION, MetaTime.text(time)));
    if (tooMany) {
      annotations.set(OVER_CAPACITY, "truncated");
    }
    return wanted.set("subsets", subsets);
  }

  private void write(
      Target target, SelectingService service, @Nullable JsonObject before, JsonObject wanted) {
    try {
      if (before == null) {
        client.create(new Target(target.type(), target.namespace(), ""), wanted);
      } else {
        client.update(target, "", wanted);
      }
    } catch (StatusError refused) {
      if (Refusals.isTerminating(refused) || Refusals.isGone(refused)) {
        return;
      }
      if (!Refusals.isOvertaken(refused)) {
        tell(service, before, refused);
      }
      throw refused;
    }
  }

  private void tell(SelectingService service, @Nullable JsonObject before, StatusError refused) {
    String uid = before == null ? "" : before.objectAt("metadata").textOrEmpty("uid");
    String said =
        (before == null
                ? "Failed to create endpoint for service %s/%s: %s"
                : "Failed to update endpoint %s/%s: %s")
            .formatted(service.namespace(), service.name(), refused.status().message());
    events.warn(
        new EventRecorder.Involved("v1", "Endpoints", service.namespace(), service.name(), uid),
        before == null ? "FailedToCreateEndpoint" : "FailedToUpdateEndpoint",
        said);
  }

  @Override
  public void close() {
    workers.close();
  }
}
