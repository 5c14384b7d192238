package dev.pintle.kube.endpoint;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The part of all processors that the nodes of each zone have. Nodes that are not ready do not count, and neither do those of the control
/// plane; as soon as one that counts has no zone or no processor, nothing is known. Thread-safe.
final class ZoneCapacities {
  private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";
  private static final String MASTER = "node-role.kubernetes.io/master";

  private final ResourceType type;
  private final ObjectReader reader;
  private final Bytes prefix;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.
  private final Map<String, Capacity> nodes = new HashMap<>();
  private boolean complete;

  /// Null until somebody asks after a change.
  private @Nullable SortedMap<String, Double> shares;

  /// The part of its zone that a node makes up.
  ///
  /// @param zone empty for none
  record Capacity(String zone, boolean ready, boolean excluded, Quantity cpu) {
    static Capacity of(StoredObject node) {
      Map<String, String> labels = node.labels();
      return new Capacity(
          labels.getOrDefault(NodeZones.ZONE, ""),
          isReady(node),
          labels.containsKey(CONTROL_PLANE) || labels.containsKey(MASTER),
          cpu(node.text("status.allocatable.cpu")));
    }

    private static boolean isReady(StoredObject node) {
      String conditions = node.text("status.conditions");
      if (!conditions.isEmpty()
          && JsonReader.read(conditions.getBytes(StandardCharsets.UTF_8))
              instanceof JsonArray all) {
        for (JsonObject condition : all.objects()) {
          if (condition.textOrEmpty("type").equals("Ready")) {
            return condition.textOrEmpty("status").equals("True");
          }
        }
      }
      return false;
    }

    private static Quantity cpu(String text) {
      try {
        return text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
      } catch (QuantitySyntaxException unreadable) {
        return Quantity.ZERO;
      }
    }

    private boolean counts() {
      return ready && !excluded;
    }

    private boolean isUseless() {
      return zone.isEmpty() || cpu.sign() == 0;
    }
  }

  ZoneCapacities(ResourceType type, ObjectReader reader) {
    this.type = type;
    this.reader = reader;
    this.prefix = Keys.collection(type, "");
  }

  void replacing() {
    lock.lock();
    try {
      nodes.clear();
      complete = false;
    } finally {
      lock.unlock();
    }
  }

  void replaced() {
    lock.lock();
    try {
      complete = true;
      shares = null;
    } finally {
      lock.unlock();
    }
  }

  void present(KeyValue kv) {
    if (kv.key().startsWith(prefix)) {
      put(Keys.rest(prefix, kv.key()), Capacity.of(reader.read(type, kv)));
    }
  }

  /// Answers whether services may have more or less than they should of a zone now.
  boolean changed(WatchEvent event) {
    if (!event.key().startsWith(prefix)) {
      return false;
    }
    String name = Keys.rest(prefix, event.key());
    return switch (event.kind()) {
      case PUT -> put(name, Capacity.of(reader.read(type, event.current())));
      case DELETE -> remove(name);
    };
  }

  /// Other processors alone are a reason for nobody to look, as upstream has it.
  boolean put(String name, Capacity now) {
    lock.lock();
    try {
      Capacity before = nodes.put(name, now);
      if (!now.equals(before)) {
        shares = null;
      }
      return before == null || before.ready() != now.ready() || !before.zone().equals(now.zone());
    } finally {
      lock.unlock();
    }
  }

  private boolean remove(String name) {
    lock.lock();
    try {
      shares = null;
      return nodes.remove(name) != null;
    } finally {
      lock.unlock();
    }
  }

  /// The parts, by zone; none when nothing is known, or all is in one zone. Nothing at all as long as not every node was told of.
  Optional<SortedMap<String, Double>> shares() {
    lock.lock();
    try {
      if (!complete) {
        return Optional.empty();
      }
      SortedMap<String, Double> known = shares;
      if (known == null) {
        known = Collections.unmodifiableSortedMap(count());
        shares = known;
      }
      return Optional.of(known);
    } finally {
      lock.unlock();
    }
  }

  private SortedMap<String, Double> count() {
    SortedMap<String, Double> parts = new TreeMap<>();
    Map<String, Quantity> byZone = new HashMap<>();
    Quantity total = Quantity.ZERO;
    for (Capacity node : nodes.values()) {
      if (node.counts() && node.isUseless()) {
        return parts;
      }
      if (node.counts()) {
        byZone.merge(node.zone(), node.cpu(), Quantity::plus);
        total = total.plus(node.cpu());
      }
    }
    if (byZone.size() > 1 && total.sign() != 0) {
      double all = total.milliValue();
      byZone.forEach((zone, cpu) -> parts.put(zone, cpu.milliValue() / all));
    }
    return parts;
  }
}
