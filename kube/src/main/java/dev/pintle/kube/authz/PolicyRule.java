package dev.pintle.kube.authz;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.GroupVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a role lets its holders do: verbs on resources, or on paths.
///
/// @param paths of what is no resource; one that ends in `*` stands for all that begin like it
public record PolicyRule(
    List<String> verbs,
    List<String> groups,
    List<String> resources,
    List<String> names,
    List<String> paths) {
  private static final String ANY = "*";

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

  /// The texts of an array; none when it is absent.
  public static List<String> texts(@Nullable JsonArray array) {
    List<String> texts = new ArrayList<>();
    if (array != null) {
      for (Json item : array) {
        if (item instanceof Json.Text(var text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  boolean allows(Target target) {
    if (!has(verbs, target.verb())) {
      return false;
    }
    GroupVersion version = target.groupVersion();
    return version == null
        ? coversPath(target.path())
        : has(groups, version.group())
            && coversResource(target)
            && (names.isEmpty() || names.contains(target.name()));
  }

  private static boolean has(List<String> listed, String wanted) {
    return listed.contains(ANY) || listed.contains(wanted);
  }

  private boolean coversResource(Target target) {
    String subresource = target.subresource();
    String full = subresource.isEmpty() ? target.resource() : target.resource() + "/" + subresource;
    return has(resources, full)
        || (!subresource.isEmpty() && resources.contains("*/" + subresource));
  }

  private boolean coversPath(String path) {
    for (String listed : paths) {
      boolean covered =
          listed.endsWith(ANY)
              ? path.startsWith(listed.substring(0, listed.length() - 1))
              : path.equals(listed);
      if (covered) {
        return true;
      }
    }
    return false;
  }

  public boolean isOfResources() {
    return !resources.isEmpty();
  }

  public boolean isOfPaths() {
    return !paths.isEmpty();
  }
}
