package dev.pintle.kube.authz;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.authz.NodeVertex.Kind;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/// The ways from objects to nodes, as the store has them: brought up to the store before it is asked. What that costs grows with what
/// changed since somebody last asked, and nothing of it is there before the first node asks.
final class NodeGraph {
  private static final Map<Kind, Place> PLACES =
      Map.of(
          Kind.POD, new Place("", "pods"),
          Kind.VOLUME, new Place("", "persistentvolumes"),
          Kind.ATTACHMENT, new Place("storage.k8s.io", "volumeattachments"),
          Kind.SLICE, new Place("resource.k8s.io", "resourceslices"),
          Kind.CERTIFICATE_REQUEST, new Place("certificates.k8s.io", "podcertificaterequests"));

  private final TypeRegistry types;
  private final ReentrantLock indexing = new ReentrantLock();
  private final Map<Bytes, NodeEdges> edges = new HashMap<>();
  private final Map<NodeVertex, Map<String, Integer>> nodes = new HashMap<>();
  private final Map<NodeVertex, Map<NodeVertex, Integer>> claims = new HashMap<>();
  private long revision;

  /// The place of the objects of a kind.
  private record Place(String group, String plural) {}

  /// An object that was written or deleted.
  private record Changed(Kind kind, ResourceType type, Bytes key) {}

  NodeGraph(TypeRegistry types) {
    this.types = types;
  }

  /// Whether a way leads from the object to the node.
  boolean leads(NodeVertex from, String node, ObjectView view) {
    indexing.lock();
    try {
      if (revision < view.revision()) {
        follow(view);
      }
      return has(from, node)
          || claims.getOrDefault(from, Map.of()).keySet().stream()
              .anyMatch(claim -> has(claim, node));
    } finally {
      indexing.unlock();
    }
  }

  private boolean has(NodeVertex vertex, String node) {
    return nodes.getOrDefault(vertex, Map.of()).containsKey(node);
  }

  @SuppressWarnings("ThreadPriorityCheck") // a virtual thread
  private void follow(ObjectView view) {
    if (view.compactedRevision() > revision) {
      // Deletions that compaction has forgotten cannot be followed.
      edges.clear();
      nodes.clear();
      claims.clear();
      revision = 0;
    }
    List<Changed> changed = new ArrayList<>();
    PLACES.forEach((kind, place) -> {
      ResourceType type =
          Objects.requireNonNull(
              types.current().resource(new GroupVersion(place.group(), "v1"), place.plural()),
              place.plural());
      view.changedKeys(
          Keys.range(type, ""), revision, key -> changed.add(new Changed(kind, type, key)));
    });
    for (Changed one : changed) {
      read(one, view);
      // The first time it may be all there is.
      Thread.yield();
    }
    revision = view.revision();
  }

  private void read(Changed changed, ObjectView view) {
    List<KeyValue> found = view.range(RangeRequest.of(KeyRange.point(changed.key()))).entries();
    NodeEdges now =
        found.isEmpty()
            ? NodeEdges.NONE
            : NodeEdges.of(changed.kind(), view.read(changed.type(), found.getFirst()).tree());
    NodeEdges before = edges.getOrDefault(changed.key(), NodeEdges.NONE);
    if (now.equals(before)) {
      return;
    }
    before.vertices().forEach(vertex -> count(vertex, before, -1));
    now.vertices().forEach(vertex -> count(vertex, now, 1));
    if (now.equals(NodeEdges.NONE)) {
      edges.remove(changed.key());
    } else {
      edges.put(changed.key(), now);
    }
  }

  private void count(NodeVertex vertex, NodeEdges of, int change) {
    if (of.node().isEmpty()) {
      count(claims, vertex, of.claim(), change);
    } else {
      count(nodes, vertex, of.node(), change);
    }
  }

  private static <T> void count(
      Map<NodeVertex, Map<T, Integer>> counts, NodeVertex vertex, T to, int change) {
    Map<T, Integer> of = counts.computeIfAbsent(vertex, _ -> new HashMap<>(2));
    if (of.merge(to, change, Integer::sum) == 0) {
      of.remove(to);
    }
    if (of.isEmpty()) {
      counts.remove(vertex);
    }
  }
}
