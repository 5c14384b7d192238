package dev.pintle.kube.audit;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rule of a policy: which requests it is about, and what is written down of them. Empty lists are about everything.
///
/// @param namespaces an empty one is that of resources without namespaces
/// @param paths of what is no resource; with `*` behind it, all that begin so
record AuditRule(
    AuditVerdict verdict,
    List<String> users,
    List<String> groups,
    List<String> verbs,
    List<AuditResources> resources,
    List<String> namespaces,
    List<String> paths) {
  AuditRule {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
    verbs = List.copyOf(verbs);
    resources = List.copyOf(resources);
    namespaces = List.copyOf(namespaces);
    paths = List.copyOf(paths);
  }

  /// @param user null where nobody knows who it is
  boolean isAbout(@Nullable UserInfo user, RequestInfo target) {
    return isOf(user)
        && (verbs.isEmpty() || verbs.contains(target.verb()))
        && isAboutTarget(target);
  }

  private boolean isOf(@Nullable UserInfo user) {
    if (users.isEmpty() && groups.isEmpty()) {
      return true;
    }
    return user != null
        && (users.isEmpty() || users.contains(user.name()))
        && (groups.isEmpty() || user.groups().stream().anyMatch(groups::contains));
  }

  private boolean isAboutTarget(RequestInfo target) {
    GroupVersion version = target.groupVersion();
    if (!namespaces.isEmpty() || !resources.isEmpty()) {
      return version != null
          && (namespaces.isEmpty() || namespaces.contains(target.namespace()))
          && (resources.isEmpty()
              || resources.stream().anyMatch(each -> each.covers(version.group(), target)));
    }
    return paths.isEmpty()
        || (version == null && paths.stream().anyMatch(each -> covers(each, target.path())));
  }

  private static boolean covers(String pattern, String path) {
    if (pattern.equals(path)) {
      return true;
    }
    int end = pattern.length();
    while (end > 0 && pattern.charAt(end - 1) == '*') {
      end--;
    }
    return end < pattern.length() && path.startsWith(pattern.substring(0, end));
  }
}
