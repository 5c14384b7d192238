package dev.pintle.kube;

import dev.pintle.kube.connection.Connections;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.Verb;
import dev.pintle.kube.status.StatusErrors;

/// The check that the path of a request is one that its resource has, which tells 404 from 405. The request was authorized
/// before, by what its path seems to mean.
final class PathShape {
  private PathShape() {}

  static void require(ResourceType type, RequestInfo target) {
    if (target.path().startsWith("//")) {
      throw StatusErrors.noPage();
    }
    if (!isRight(type, target)) {
      throw StatusErrors.nothingHere();
    }
  }

  /// Custom resources have no paths of their own, they are found by what the path seems to mean.
  static boolean isRight(ResourceType type, RequestInfo target) {
    boolean custom = type.isCustom();
    return !target.path().startsWith("//")
        && (custom || (isWritten(type, target) && isServed(type, target)));
  }

  /// Whether the path is written as it should be for what it means; slashes at its end do not count.
  private static boolean isWritten(ResourceType type, RequestInfo target) {
    boolean placed = !target.namespace().isEmpty();
    boolean itself = target.resource().equals("namespaces") && type.group().isEmpty();
    if (placed != type.namespaced() && (type.namespaced() || (placed && !itself))) {
      // Of a namespace without a name, or of one where there is none: taken for all, or refused by
      // who looks for it.
      return true;
    }
    String path = target.path();
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    String sent = path.substring(0, end);
    String written = written(type, target, end);
    return Connections.isProxy(target)
        ? sent.equals(written) || sent.startsWith(written + "/")
        : sent.equals(written);
  }

  private static String written(ResourceType type, RequestInfo target, int lengthMax) {
    GroupVersion version = target.groupVersion();
    StringBuilder path = new StringBuilder(lengthMax);
    if (version != null) {
      path.append(version.group().isEmpty() ? "/api" : "/apis/" + version.group());
      path.append('/').append(version.version());
    }
    if (isVerbInPath(target, path.length())) {
      path.append("/watch");
    }
    if (type.namespaced()) {
      path.append("/namespaces/").append(target.namespace());
    }
    path.append('/').append(target.resource());
    for (String part : new String[] {target.name(), target.subresource()}) {
      path.append(part.isEmpty() ? "" : "/" + part);
    }
    return path.toString();
  }

  private static boolean isVerbInPath(RequestInfo target, int root) {
    return target.verb().equals("watch") && target.path().startsWith("/watch/", root);
  }

  /// Whether there is any method for such a path.
  private static boolean isServed(ResourceType type, RequestInfo target) {
    boolean part = !target.subresource().isEmpty();
    if (target.verb().equals("watch")) {
      return !part && type.allows(Verb.WATCH);
    }
    if (target.verb().equals("proxy")) {
      return false;
    }
    if (part) {
      return true;
    }
    if (!target.name().isEmpty()) {
      return type.allows(Verb.GET)
          || type.allows(Verb.UPDATE)
          || type.allows(Verb.PATCH)
          || type.allows(Verb.DELETE);
    }
    return !type.namespaced() || !target.namespace().isEmpty() || type.allows(Verb.LIST);
  }
}
