package dev.pintle.kube.authz;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A grant of a role to subjects.
///
/// @param namespace where it holds; empty for everywhere
/// @param roleKind `Role` or `ClusterRole`
record RoleBinding(
    String namespace, String name, String roleKind, String roleName, List<Subject> subjects) {

  static RoleBinding of(JsonObject json, String namespace) {
    JsonObject role = json.objectAt("roleRef");
    List<Subject> subjects = new ArrayList<>();
    JsonArray listed = json.array("subjects");
    if (listed != null) {
      for (Json subject : listed) {
        if (subject instanceof JsonObject object) {
          subjects.add(Subject.of(object, namespace));
        }
      }
    }
    return new RoleBinding(
        namespace,
        String.valueOf(json.objectAt("metadata").text("name")),
        String.valueOf(role.text("kind")),
        String.valueOf(role.text("name")),
        List.copyOf(subjects));
  }

  @Nullable Subject subjectOf(UserInfo caller) {
    for (Subject subject : subjects) {
      if (subject.covers(caller)) {
        return subject;
      }
    }
    return null;
  }

  Decision allowing(Subject subject) {
    String binding =
        namespace.isEmpty()
            ? "ClusterRoleBinding \"%s\"".formatted(name)
            : "RoleBinding \"%s/%s\"".formatted(name, namespace);
    return new Decision(
        true,
        "RBAC: allowed by %s of %s \"%s\" to %s".formatted(binding, roleKind, roleName, subject));
  }
}
