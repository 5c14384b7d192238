package dev.pintle.kube.authz;

import dev.pintle.kube.request.Caller;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.status.Refusals;
import java.util.Set;

/// Masters may do everything, everybody may ask whether the server is well, and those who said who they are may see what
/// it serves and who they are.
public final class Authorizer {
  private static final Set<String> OPEN_PATHS =
      Set.of("/healthz", "/livez", "/readyz", "/version", "/version/");
  private static final Set<String> DISCOVERY_PATHS =
      Set.of("/api", "/apis", "/openapi", "/version", "/healthz", "/livez", "/readyz");
  private static final Set<String> SELF_REVIEWS =
      Set.of("selfsubjectreviews", "selfsubjectaccessreviews", "selfsubjectrulesreviews");

  public void require(Caller caller, Target target) {
    if (!allows(caller, target)) {
      refuse(caller, target);
    }
  }

  public boolean allows(Caller caller, Target target) {
    if (caller.groups().contains(Caller.MASTERS)) {
      return true;
    }
    if (!target.isResource()) {
      boolean reads = target.verb().equals("get") || target.verb().equals("head");
      return reads
          && (OPEN_PATHS.contains(target.path())
              || (!caller.isAnonymous() && isDiscovery(target.path())));
    }
    return !caller.isAnonymous()
        && target.verb().equals("create")
        && SELF_REVIEWS.contains(target.resource());
  }

  private static boolean isDiscovery(String path) {
    for (String open : DISCOVERY_PATHS) {
      if (path.equals(open) || path.startsWith(open + "/")) {
        return true;
      }
    }
    return false;
  }

  private static void refuse(Caller caller, Target target) {
    String user = escape(caller.name());
    GroupVersion groupVersion = target.groupVersion();
    if (groupVersion == null) {
      throw Refusals.forbiddenPath(
          "User \"%s\" cannot %s path \"%s\""
              .formatted(user, target.verb(), escape(target.path())));
    }
    String resource =
        target.subresource().isEmpty()
            ? target.resource()
            : target.resource() + "/" + target.subresource();
    String where =
        target.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"%s\"".formatted(escape(target.namespace()));
    String why =
        "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(user, target.verb(), escape(resource), groupVersion.group(), where);
    throw Refusals.forbiddenResource(groupVersion.group(), target.resource(), target.name(), why);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
