package dev.pintle.kube.authz;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A right that a role gives its holders: verbs on resources, or on paths.
///
/// @param paths of what is no resource; one that ends in `*` stands for all that begin like it
public record PolicyRule(
    List<String> verbs,
    List<String> groups,
    List<String> resources,
    List<String> names,
    List<String> paths) {
  private static final String ANY = "*";

  /// Of one who may do everything.
  public static final List<PolicyRule> EVERYTHING =
      List.of(forResources("*", "*", "*"), forPaths("*", "*"));

  public PolicyRule {
    verbs = List.copyOf(verbs);
    groups = List.copyOf(groups);
    resources = List.copyOf(resources);
    names = List.copyOf(names);
    paths = List.copyOf(paths);
  }

  static PolicyRule forResources(String verb, String group, String... resources) {
    return new PolicyRule(List.of(verb), List.of(group), List.of(resources), List.of(), List.of());
  }

  static PolicyRule forPaths(String verb, String... paths) {
    return new PolicyRule(List.of(verb), List.of(), List.of(), List.of(), List.of(paths));
  }

  static PolicyRule of(JsonObject json) {
    return new PolicyRule(
        texts(json.array("verbs")),
        texts(json.array("apiGroups")),
        texts(json.array("resources")),
        texts(json.array("resourceNames")),
        texts(json.array("nonResourceURLs")));
  }

  /// The rules of a role; none when they are absent.
  public static List<PolicyRule> all(@Nullable JsonArray array) {
    List<PolicyRule> rules = new ArrayList<>();
    if (array != null) {
      for (Json rule : array) {
        if (rule instanceof JsonObject object) {
          rules.add(of(object));
        }
      }
    }
    return rules;
  }

  /// The texts of an array; none when it is absent.
  public static List<String> texts(@Nullable JsonArray array) {
    return array == null ? List.of() : array.onlyTexts();
  }

  boolean allows(RequestInfo target) {
    if (!has(verbs, target.verb())) {
      return false;
    }
    GroupVersion version = target.groupVersion();
    return version == null
        ? coversPath(target.path())
        : has(groups, version.group())
            && coversResource(target)
            && (names.isEmpty() || names.contains(target.judgedName()));
  }

  private static boolean has(List<String> listed, String wanted) {
    return listed.contains(ANY) || listed.contains(wanted);
  }

  private boolean coversResource(RequestInfo target) {
    String subresource = target.subresource();
    String full = subresource.isEmpty() ? target.resource() : target.resource() + "/" + subresource;
    return has(resources, full)
        || (!subresource.isEmpty() && resources.contains("*/" + subresource));
  }

  private boolean coversPath(String path) {
    for (String listed : paths) {
      boolean covered =
          path.equals(listed) || (listed.endsWith(ANY) && path.startsWith(prefix(listed)));
      if (covered) {
        return true;
      }
    }
    return false;
  }

  private static String prefix(String listed) {
    int end = listed.length();
    while (end > 0 && listed.charAt(end - 1) == '*') {
      end--;
    }
    return listed.substring(0, end);
  }

  /// The same as rules that each give one verb on one thing.
  public List<PolicyRule> smallest() {
    List<PolicyRule> all = new ArrayList<>();
    for (String verb : verbs) {
      for (String group : groups) {
        for (String resource : resources) {
          smallest(verb, group, resource, all);
        }
      }
      paths.forEach(path -> all.add(forPaths(verb, path)));
    }
    return all;
  }

  private void smallest(String verb, String group, String resource, List<PolicyRule> all) {
    if (names.isEmpty()) {
      all.add(forResources(verb, group, resource));
    }
    for (String name : names) {
      all.add(
          new PolicyRule(
              List.of(verb), List.of(group), List.of(resource), List.of(name), List.of()));
    }
  }

  /// Whether this gives everything that one of the [#smallest] rules gives.
  public boolean covers(PolicyRule small) {
    return small.verbs.stream().allMatch(verb -> has(verbs, verb))
        && small.groups.stream().allMatch(group -> has(groups, group))
        && small.resources.stream().allMatch(this::coversWholeResource)
        && (names.isEmpty() || (!small.names.isEmpty() && names.containsAll(small.names)))
        && small.paths.stream().allMatch(this::coversPath);
  }

  private boolean coversWholeResource(String wanted) {
    int slash = wanted.indexOf('/');
    return has(resources, wanted)
        || (slash >= 0 && resources.contains("*" + wanted.substring(slash)));
  }

  /// Rules of resources that differ in nothing but their verbs, made one; those of paths stay as they are.
  public static List<PolicyRule> joined(List<PolicyRule> small) {
    List<PolicyRule> joined = new ArrayList<>();
    Map<PolicyRule, List<String>> verbs = new LinkedHashMap<>();
    for (PolicyRule rule : small) {
      if (rule.isOfPaths()) {
        joined.add(rule);
      } else {
        verbs.computeIfAbsent(rule.withVerbs(List.of()), _ -> new ArrayList<>()).addAll(rule.verbs);
      }
    }
    verbs.forEach((rule, all) -> joined.add(rule.withVerbs(all)));
    return joined;
  }

  private PolicyRule withVerbs(List<String> others) {
    return new PolicyRule(others, groups, resources, names, paths);
  }

  /// As upstream's refusals show it.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    show(parts, "APIGroups", groups);
    show(parts, "Resources", resources);
    show(parts, "NonResourceURLs", paths);
    show(parts, "ResourceNames", names);
    show(parts, "Verbs", verbs);
    return "{" + String.join(", ", parts) + "}";
  }

  private static void show(List<String> parts, String name, List<String> values) {
    if (!values.isEmpty()) {
      parts.add(
          values.stream().map(GoText::quote).collect(Collectors.joining(" ", name + ":[", "]")));
    }
  }

  public boolean isOfResources() {
    return !resources.isEmpty();
  }

  public boolean isOfPaths() {
    return !paths.isEmpty();
  }
}
