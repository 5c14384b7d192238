package dev.pintle.kube.metrics;

import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import java.util.ArrayList;
import java.util.List;

/// The key of what is counted together: requests of one verb for one resource.
///
/// @param scope `resource` for one object, `namespace` or `cluster` for many, empty for what is no resource
/// @param dryRun whether nothing was to come of them
record Series(
    String verb,
    String group,
    String version,
    String resource,
    String subresource,
    String scope,
    boolean dryRun) {
  /// Paths that nobody serves, which must not fill the memory with their names.
  static final Series OTHERS = new Series("other", "", "", "", "", "", false);

  /// @param method of HTTP, which is the verb of what is no resource
  static Series of(RequestInfo target, String method, boolean dryRun) {
    GroupVersion version = target.groupVersion();
    return version == null
        ? new Series(method, "", "", "", target.path(), "", dryRun)
        : new Series(
            verb(target, method),
            version.group(),
            version.version(),
            target.resource(),
            target.subresource(),
            scope(target),
            dryRun);
  }

  private static String verb(RequestInfo target, String method) {
    return switch (target.verb()) {
      case "get" -> "GET";
      case "list" -> "LIST";
      case "watch" -> "WATCH";
      default -> method;
    };
  }

  private static String scope(RequestInfo target) {
    if (!target.name().isEmpty() || target.verb().equals("create")) {
      return "resource";
    }
    return target.namespace().isEmpty() ? "cluster" : "namespace";
  }

  /// In the order of their names.
  List<Label> labels(boolean withDryRun) {
    List<Label> labels = new ArrayList<>(8);
    labels.add(new Label("component", "apiserver"));
    if (withDryRun) {
      labels.add(new Label("dry_run", dryRun ? "All" : ""));
    }
    labels.add(new Label("group", group));
    labels.add(new Label("resource", resource));
    labels.add(new Label("scope", scope));
    labels.add(new Label("subresource", subresource));
    labels.add(new Label("verb", verb));
    labels.add(new Label("version", version));
    return labels;
  }
}
