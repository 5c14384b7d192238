package dev.pintle.kube.endpoint;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.controller.EventRecorder;
import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.List;

/// The controller that keeps EndpointSlices beside the Endpoints that people write themselves, for services that select no pods: upstream's
/// `endpointslice-mirroring-controller`, by its rules.
public final class EndpointSliceMirroringController implements Informer.Handler, AutoCloseable {
  /// The name by which it is turned on and off.
  public static final String NAME = "endpointslice-mirroring-controller";

  static final String MANAGER = "endpointslicemirroring-controller.k8s.io";
  private static final String SKIPPED = "endpointslice.kubernetes.io/skip-mirror";
  private static final int WORKERS = 5;

  private final LocalClient client;
  private final ServiceTypes types;
  private final Bytes endpointsPrefix;
  private final Bytes servicePrefix;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;
  private final SliceEvents slices;
  private final EventRecorder events;

  public EndpointSliceMirroringController(
      LocalClient client,
      ServiceTypes types,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.types = types;
    this.endpointsPrefix = Keys.collection(types.endpoints(), "");
    this.servicePrefix = Keys.collection(types.services(), "");
    this.queue = queue;
    this.slices = new SliceEvents(types.slices(), client.context().objects(), MANAGER, queue);
    this.events =
        new EventRecorder(client, types.events(), "endpoint-slice-mirroring-controller", failures);
    this.workers = new QueueWorkers<>(NAME, queue, failures, this::isSynced);
    workers.start(WORKERS);
  }

  /// What belongs to nothing any more is found by its slice.
  @Override
  public void present(KeyValue kv) {
    if (kv.key().startsWith(endpointsPrefix)) {
      queue.add(Keys.rest(endpointsPrefix, kv.key()));
    } else {
      slices.present(kv);
    }
  }

  @Override
  public void changed(WatchEvent event) {
    if (event.key().startsWith(endpointsPrefix)) {
      queue.add(Keys.rest(endpointsPrefix, event.key()));
    } else if (event.key().startsWith(servicePrefix)) {
      queue.add(Keys.rest(servicePrefix, event.key()));
    } else {
      slices.changed(event);
    }
  }

  private boolean isSynced(String key) {
    ServiceSyncs.Name name = ServiceSyncs.Name.of(key);
    ObjectView view = client.context().view();
    StoredObject endpoints = view.find(types.endpoints(), name.namespace(), name.name());
    StoredObject service = view.find(types.services(), name.namespace(), name.name());
    List<JsonObject> existing = SliceEvents.existing(view, types.slicesOf(), key, MANAGER);
    SliceChanges changes = new SliceChanges();
    boolean mirrored =
        endpoints != null
            && service != null
            && service.text("spec.selector").isEmpty()
            && isMirrored(endpoints);
    if (!mirrored || endpoints == null) {
      changes.deleted().addAll(existing);
      return changes.write(client, types.slices(), name.namespace(), false);
    }
    JsonObject tree = endpoints.tree();
    MirroredEndpoints mirror = new MirroredEndpoints(tree);
    mirror.change(existing, changes);
    tell(name, endpoints.uid(), mirror);
    changes.reuse(_ -> true);
    return changes.write(client, types.slices(), name.namespace(), !endpoints.isBeingDeleted());
  }

  private static boolean isMirrored(StoredObject endpoints) {
    return !"true".equals(endpoints.labels().get(SKIPPED))
        && !endpoints
            .tree()
            .objectAt("metadata")
            .objectOrEmpty("annotations")
            .has(EndpointsController.LOCK);
  }

  private void tell(ServiceSyncs.Name name, String uid, MirroredEndpoints mirror) {
    EventRecorder.Involved involved =
        new EventRecorder.Involved("v1", "Endpoints", name.namespace(), name.name(), uid);
    if (mirror.invalid() > 0) {
      events.warn(
          involved,
          "InvalidIPAddress",
          "Skipped %d invalid IP addresses when mirroring to EndpointSlices"
              .formatted(mirror.invalid()));
    }
    if (mirror.skipped() > mirror.invalid()) {
      events.warn(
          involved,
          "TooManyAddressesToMirror",
          "A max of %d addresses can be mirrored to EndpointSlices per Endpoints subset. %d addresses were skipped"
              .formatted(MirroredEndpoints.ADDRESSES_MAX, mirror.skipped()));
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
