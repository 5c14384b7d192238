package dev.pintle.kube.flowcontrol;

import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.selector.FieldSelector;
import dev.pintle.kube.selector.SelectorSyntaxException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The number of open watches, by what they watch: a change costs the more the more are interested in it.
public final class WatchTracker {
  private static final String PODS = "pods";
  private static final String NODE = "spec.nodeName";

  private final Map<Watched, Integer> counts = new ConcurrentHashMap<>();

  /// A set of objects that is watched; an empty namespace or name for all.
  private record Watched(String group, String resource, String namespace, String name) {}

  /// Counts a watch from now on.
  ///
  /// @return ends that
  public Runnable register(RequestInfo target, Query query) {
    var version = target.groupVersion();
    // A watch for the pods of one node only ever looks at those.
    if (version == null || isOfOneNode(target, query)) {
      return () -> {};
    }
    Watched watched =
        new Watched(version.group(), target.resource(), target.namespace(), target.judgedName());
    counts.merge(watched, 1, Integer::sum);
    return () -> counts.computeIfPresent(watched, (_, count) -> count == 1 ? null : count - 1);
  }

  /// Whether only the pods of one node are asked for.
  static boolean isOfOneNode(RequestInfo target, Query query) {
    return target.resource().equals(PODS) && isOfOneNode(query);
  }

  private static boolean isOfOneNode(Query query) {
    String selector = query.text("fieldSelector");
    try {
      return !selector.isEmpty()
          && !FieldSelector.parse(selector).exactly(NODE).orElse("").isEmpty();
    } catch (SelectorSyntaxException _) {
      return false;
    }
  }

  /// How many watches may be interested in what a request changes.
  public int interestedIn(RequestInfo target) {
    var version = target.groupVersion();
    if (version == null) {
      return 0;
    }
    String group = version.group();
    String resource = target.resource();
    String namespace = target.namespace();
    int found = count(new Watched(group, resource, "", ""));
    if (!namespace.isEmpty()) {
      found += count(new Watched(group, resource, namespace, ""));
    }
    return target.name().isEmpty()
        ? found
        : found + count(new Watched(group, resource, namespace, target.name()));
  }

  private int count(Watched watched) {
    return counts.getOrDefault(watched, 0);
  }
}
