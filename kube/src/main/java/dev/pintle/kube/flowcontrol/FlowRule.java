package dev.pintle.kube.flowcontrol;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.util.List;

/// A rule of a FlowSchema: a request matches when it is one of a subject's, and what it asks for is among the resources or paths.
record FlowRule(List<FlowSubject> subjects, List<Resources> resources, List<Paths> paths) {
  private static final String ALL = "*";

  /// Resources that a rule is about.
  record Resources(
      List<String> verbs,
      List<String> groups,
      List<String> resources,
      List<String> namespaces,
      boolean clusterScope) {
    static Resources parse(JsonObject rule) {
      return new Resources(
          rule.texts("verbs"),
          rule.texts("apiGroups"),
          rule.texts("resources"),
          rule.texts("namespaces"),
          rule.isTrue("clusterScope"));
    }

    private boolean isEverything() {
      return isAll(verbs) && isAll(groups) && isAll(resources) && isAll(namespaces) && clusterScope;
    }

    boolean matches(RequestInfo target, String group, String resource) {
      return holds(verbs, target.verb())
          && holds(resources, resource)
          && holds(groups, group)
          && (target.namespace().isEmpty() ? clusterScope : holds(namespaces, target.namespace()));
    }
  }

  /// Paths that a rule is about.
  record Paths(List<String> verbs, List<String> paths) {
    static Paths parse(JsonObject rule) {
      return new Paths(rule.texts("verbs"), rule.texts("nonResourceURLs"));
    }

    private boolean isEverything() {
      return isAll(verbs) && paths.contains(ALL);
    }

    boolean matches(RequestInfo target) {
      return holds(verbs, target.verb())
          && paths.stream().anyMatch(path -> isBelow(path, target.path()));
    }

    private static boolean isBelow(String rule, String path) {
      if (rule.equals(ALL) || rule.equals(path)) {
        return true;
      }
      String prefix = rule.endsWith(ALL) ? rule.substring(0, rule.length() - 1) : rule;
      return path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
    }
  }

  static FlowRule parse(JsonObject rule) {
    return new FlowRule(
        rule.objects("subjects").stream().map(FlowSubject::parse).toList(),
        rule.objects("resourceRules").stream().map(Resources::parse).toList(),
        rule.objects("nonResourceRules").stream().map(Paths::parse).toList());
  }

  boolean isAbout(UserInfo user) {
    return subjects.stream().anyMatch(subject -> subject.matches(user));
  }

  /// How many names a target is compared with at most.
  int weight() {
    int names = 0;
    for (Resources rule : resources) {
      names += rule.verbs().size() + rule.groups().size();
      names += rule.resources().size() + rule.namespaces().size();
    }
    for (Paths rule : paths) {
      names += rule.verbs().size() + rule.paths().size();
    }
    return names;
  }

  /// The resource of a target as rules name it, `pods` or `pods/status`; empty for what is no resource.
  static String resource(RequestInfo target) {
    return target.subresource().isEmpty()
        ? target.resource()
        : target.resource() + "/" + target.subresource();
  }

  boolean covers(RequestInfo target) {
    return covers(target, resource(target));
  }

  /// Whether the target is among its resources or paths, whoever asks.
  ///
  /// @param resource of the target, as [#resource] has it
  boolean covers(RequestInfo target, String resource) {
    var version = target.groupVersion();
    if (version == null) {
      for (Paths rule : paths) {
        if (rule.matches(target)) {
          return true;
        }
      }
      return false;
    }
    for (Resources rule : resources) {
      if (rule.matches(target, version.group(), resource)) {
        return true;
      }
    }
    return false;
  }

  /// Whether no request for a resource is beyond it.
  boolean coversAllResources() {
    return resources.stream().anyMatch(Resources::isEverything);
  }

  /// Whether no request for anything else is beyond it.
  boolean coversAllPaths() {
    return paths.stream().anyMatch(Paths::isEverything);
  }

  private static boolean holds(List<String> list, String value) {
    return isAll(list) || list.contains(value);
  }

  /// The item that stands for all stands alone.
  private static boolean isAll(List<String> list) {
    return list.size() == 1 && list.getFirst().equals(ALL);
  }
}
