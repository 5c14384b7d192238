package dev.pintle.kube.podsecurity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The parts that texts of violations have in common.
final class PodCheckTexts {
  private PodCheckTexts() {}

  static String counted(String one, String many, Collection<?> counted) {
    return counted.size() == 1 ? one : many;
  }

  static String quoted(Collection<String> items) {
    return items.isEmpty() ? "" : "\"" + String.join("\", \"", items) + "\"";
  }

  static String containers(Collection<String> names) {
    return counted("container", "containers", names) + " " + quoted(names);
  }

  /// Who sets something: the pod, some of its containers, or both; empty when nobody does.
  static List<String> setters(boolean pod, Collection<String> containers) {
    List<String> setters = new ArrayList<>(2);
    if (pod) {
      setters.add("pod");
    }
    if (!containers.isEmpty()) {
      setters.add(containers(containers));
    }
    return setters;
  }

  static String joined(List<String> setters) {
    return String.join(" and ", setters);
  }
}
