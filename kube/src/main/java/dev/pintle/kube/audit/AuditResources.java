package dev.pintle.kube.audit;

import dev.pintle.kube.request.RequestInfo;
import java.util.List;

/// The resources of a group that a rule of a policy is about.
///
/// @param group `*` for all
/// @param resources such as `pods`, `pods/log`, `pods/*`, `*/scale` or `*`; empty for all
/// @param names of objects; empty for all
record AuditResources(String group, List<String> resources, List<String> names) {
  private static final String ALL = "*";

  AuditResources {
    resources = List.copyOf(resources);
    names = List.copyOf(names);
  }

  boolean covers(String asked, RequestInfo target) {
    if (!group.equals(asked) && !group.equals(ALL)) {
      return false;
    }
    if (resources.isEmpty()) {
      return true;
    }
    return (names.isEmpty() || names.contains(target.judgedName()))
        && resources.stream().anyMatch(each -> names(each, target));
  }

  private static boolean names(String resource, RequestInfo target) {
    String subresource = target.subresource();
    int slash = resource.indexOf('/');
    if (slash < 0) {
      return resource.equals(ALL) || (subresource.isEmpty() && resource.equals(target.resource()));
    }
    String of = resource.substring(0, slash);
    String part = resource.substring(slash + 1);
    boolean same = !subresource.isEmpty() && part.equals(subresource);
    return of.equals(target.resource()) ? same || part.equals(ALL) : same && of.equals(ALL);
  }
}
