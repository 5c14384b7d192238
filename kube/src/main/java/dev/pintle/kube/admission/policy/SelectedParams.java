package dev.pintle.kube.admission.policy;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The parameters that the selector of one binding finds, by namespace. They are looked for again when an object of their kind was written or
/// deleted there.
final class SelectedParams {
  private static final int NAMESPACES_MAX = 1_000;

  private final Map<String, Found> byNamespace = new ConcurrentHashMap<>();

  /// The parameters that were found at a revision.
  private record Found(ResourceType type, long revision, List<JsonObject> params) {
    boolean holdsIn(ResourceType other, ObjectView view, KeyRange range) {
      if (type != other || view.compactedRevision() > revision) {
        return false;
      }
      AtomicBoolean changed = new AtomicBoolean();
      if (view.revision() > revision) {
        view.changedKeys(range, revision, _ -> changed.set(true));
      }
      return view.revision() >= revision && !changed.get();
    }
  }

  /// @param namespace empty for all that there are
  List<JsonObject> find(ResourceType type, String namespace, JsonObject selector, ObjectView view) {
    KeyRange range = Keys.range(type, namespace);
    Found known = byNamespace.get(namespace);
    if (known == null || !known.holdsIn(type, view, range)) {
      known = new Found(type, view.revision(), select(type, range, selector, view));
      if (byNamespace.size() >= NAMESPACES_MAX) {
        byNamespace.clear();
      }
      byNamespace.put(namespace, known);
    }
    return known.params();
  }

  private static List<JsonObject> select(
      ResourceType type, KeyRange range, JsonObject selector, ObjectView view) {
    LabelSelector wanted = LabelSelector.of(selector);
    List<JsonObject> found = new ArrayList<>();
    view.each(
        type,
        range,
        stored -> {
          if (wanted.matches(stored.labels())) {
            found.add(stored.tree());
          }
        });
    return List.copyOf(found);
  }
}
