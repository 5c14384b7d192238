package dev.pintle.kube.endpoint;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The zones of nodes, and the services that wait for a node of a pod of theirs.
final class NodeZones {
  static final String ZONE = "topology.kubernetes.io/zone";

  private final ResourceType nodes;
  private final Bytes prefix;
  private final WorkQueue<String> queue;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  NodeZones(ResourceType nodes, WorkQueue<String> queue) {
    this.nodes = nodes;
    this.prefix = Keys.collection(nodes, "");
    this.queue = queue;
  }

  /// The zone of a node, empty text when it has none; nothing when there is no such node.
  Optional<String> find(String node, ObjectView view) {
    StoredObject found = node.isEmpty() ? null : view.find(nodes, "", node);
    return Optional.ofNullable(found).map(there -> there.labels().getOrDefault(ZONE, ""));
  }

  void awaited(String service) {
    waiting.add(service);
  }

  void forget(String service) {
    waiting.remove(service);
  }

  void changed(WatchEvent event) {
    boolean made =
        event.kind() == WatchEvent.Kind.PUT
            && event.previous() == null
            && event.key().startsWith(prefix);
    if (made) {
      waiting.forEach(queue::add);
    }
  }
}
