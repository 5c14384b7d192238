package dev.pintle.kube.endpoint;

import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectIndex;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The pods behind services, found by one label that each selector demands: of a namespace with many services each is compared with few pods.
/// Only labels that were asked for are kept, and only the keys of pods.
public final class ServicePods {
  /// Of all namespaces together; those that were asked for lately are remembered.
  private static final int PODS_MAX = 200_000;

  private static final int NAMESPACES_MAX = 1_000;

  /// Beyond so many labels of one namespace it begins anew: services come and go.
  private static final int LABELS_MAX = 20_000;

  private final ResourceType pods;
  private final ReentrantLock lock = new ReentrantLock();

  /// By namespace, the one last asked for last. Guarded by `lock`.
  private final Map<String, OfNamespace> namespaces = new LinkedHashMap<>(16, 0.75f, true);

  /// By namespace: labels that will be asked for, so that the index is begun once for all of them. Guarded by `lock`.
  private final Map<String, Set<String>> expected = new HashMap<>();

  /// The index of the pods of a namespace.
  ///
  /// @param labels those that the index knows; never changed
  private record OfNamespace(Set<String> labels, ObjectIndex index) {}

  public ServicePods(ResourceType pods) {
    this.pods = pods;
  }

  /// Says that a service has this selector: it will be asked for.
  void expect(String namespace, Map<String, String> selector) {
    if (selector.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      String label = word(SelectorIndex.label(selector));
      OfNamespace known = namespaces.get(namespace);
      if (known == null || !known.labels().contains(label)) {
        Set<String> more = expected.computeIfAbsent(namespace, _ -> new HashSet<>());
        if (more.size() < LABELS_MAX) {
          more.add(label);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// The pods that have all of these labels, in the order of their names.
  List<ServicePod> selected(ObjectView view, String namespace, Map<String, String> selector) {
    if (selector.isEmpty()) {
      return ServicePod.selected(view, pods, namespace, selector);
    }
    String label = word(SelectorIndex.label(selector));
    List<ServicePod> selected = new ArrayList<>();
    knowing(namespace, label)
        .index()
        .each(
            label,
            view,
            pod -> {
              if (ServicePod.isSelected(selector, pod.labels())) {
                selected.add(new ServicePod(pod.tree()));
              }
            });
    return selected;
  }

  private static String word(Map.Entry<String, String> label) {
    return label.getKey() + '=' + label.getValue();
  }

  private OfNamespace knowing(String namespace, String label) {
    lock.lock();
    try {
      OfNamespace known = namespaces.get(namespace);
      if (known == null || !known.labels().contains(label)) {
        known = with(namespace, known == null ? Set.of() : known.labels(), label);
        namespaces.put(namespace, known);
        makeRoom();
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /// Begun anew, for a label that was not known.
  private OfNamespace with(String namespace, Set<String> known, String label) {
    Set<String> labels = new HashSet<>(known.size() < LABELS_MAX ? known : Set.of());
    labels.add(label);
    Set<String> more = expected.remove(namespace);
    if (more != null) {
      labels.addAll(more);
    }
    return new OfNamespace(
        labels, new ObjectIndex(pods, Keys.range(pods, namespace), pod -> words(pod, labels)));
  }

  private static List<String> words(StoredObject pod, Set<String> labels) {
    List<String> words = new ArrayList<>(1);
    pod.labels()
        .forEach((name, value) -> {
          String word = name + '=' + value;
          if (labels.contains(word)) {
            words.add(word);
          }
        });
    return words;
  }

  private void makeRoom() {
    long known = namespaces.values().stream().mapToLong(each -> each.index().size()).sum();
    Iterator<OfNamespace> eldest = namespaces.values().iterator();
    while ((known > PODS_MAX && namespaces.size() > 1) || namespaces.size() > NAMESPACES_MAX) {
      known -= eldest.next().index().size();
      eldest.remove();
    }
  }
}
