package dev.pintle.kube.noderestriction;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.Utf8Order;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The labels of nodes that steer work to them: a node may not give itself those of Kubernetes' own domains, but for the few that say
/// what it is.
final class NodeLabels {
  private static final String RESTRICTED = "node-restriction.kubernetes.io";
  private static final List<String> OWN_DOMAINS =
      List.of("kubelet.kubernetes.io", "node.kubernetes.io");
  private static final Set<String> OWN =
      Set.of(
          "kubernetes.io/hostname",
          "topology.kubernetes.io/zone",
          "topology.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region",
          "beta.kubernetes.io/instance-type",
          "node.kubernetes.io/instance-type",
          "kubernetes.io/os",
          "kubernetes.io/arch",
          "beta.kubernetes.io/os",
          "beta.kubernetes.io/arch");

  private NodeLabels() {}

  /// Those that a node may neither set, change nor remove, among what differs.
  static Collection<String> forbidden(JsonObject node, JsonObject old) {
    JsonObject labels = node.objectOrEmpty("metadata").objectOrEmpty("labels");
    JsonObject before = old.objectOrEmpty("metadata").objectOrEmpty("labels");
    SortedSet<String> forbidden = new TreeSet<>(Utf8Order.ASCENDING);
    addChanged(labels, before, forbidden);
    addChanged(before, labels, forbidden);
    forbidden.removeIf(label -> !isForbidden(label));
    return forbidden;
  }

  private static void addChanged(JsonObject some, JsonObject others, SortedSet<String> changed) {
    for (JsonObject.Field label : some) {
      if (!label.value().equals(others.get(label.name()))) {
        changed.add(label.name());
      }
    }
  }

  private static boolean isForbidden(String label) {
    int slash = label.indexOf('/');
    String domain = slash < 0 ? "" : label.substring(0, slash);
    boolean ofKubernetes = isIn(domain, "kubernetes.io") || isIn(domain, "k8s.io");
    boolean own =
        OWN.contains(label) || OWN_DOMAINS.stream().anyMatch(parent -> isIn(domain, parent));
    return isIn(domain, RESTRICTED) || (ofKubernetes && !own);
  }

  private static boolean isIn(String domain, String parent) {
    return domain.equals(parent) || domain.endsWith("." + parent);
  }
}
