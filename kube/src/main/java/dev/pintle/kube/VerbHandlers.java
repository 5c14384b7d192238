package dev.pintle.kube;

import dev.pintle.kube.connection.Connections;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.Subresource;
import dev.pintle.kube.schema.Verb;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.verb.VerbHandler;
import java.util.Map;
import java.util.Set;

/// The table of [VerbHandler]s, from which each request gets its own.
///
/// @param plain by verb, for objects themselves
/// @param special by `subresource:verb`, for subresources that have a way of their own; the others are read and written like
///     objects
/// @param virtual by resource, for what is asked by creating it and never stored
record VerbHandlers(
    Map<String, VerbHandler> plain,
    Map<String, VerbHandler> special,
    Map<String, VerbHandler> virtual) {
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Set<String> CHANGES = Set.of("update", "patch");
  private static final Set<String> NAMED = Set.of("get", "update", "patch", "delete");

  VerbHandlers {
    plain = Map.copyOf(plain);
    special = Map.copyOf(special);
    virtual = Map.copyOf(virtual);
  }

  /// @param method of the request, which the verb may hide
  VerbHandler find(ResourceType type, RequestInfo target, String method) {
    PathShape.require(type, target);
    if (target.isWatchPath() && !target.subresource().isEmpty()) {
      // A part of an object has no such path; of built-in kinds that was told above.
      throw StatusErrors.verbNotSupported(type, "watch");
    }
    boolean proxied = Connections.isProxied(target, method);
    if ((target.verb().isEmpty() && type.isCustom())
        || (target.verb().equals("watch") && !READS.contains(method))) {
      throw StatusErrors.methodNotAllowed();
    }
    // Custom resources have no paths of their own: what is wrong with theirs is found later, or
    // told otherwise.
    if (target.extraSegments() > 0 && !type.isCustom() && !Connections.isProxy(target)) {
      throw StatusErrors.nothingHere();
    }
    if (type.namespaced() && target.namespace().isEmpty() && !isAcrossNamespaces(target)) {
      if (type.isCustom()) {
        throw StatusErrors.noPage();
      }
      throw target.name().isEmpty() ? StatusErrors.methodNotAllowed() : StatusErrors.nothingHere();
    }
    boolean inNamespace =
        !target.namespace().isEmpty() && !target.namespace().equals(target.name());
    if (!type.namespaced() && inNamespace) {
      throw type.isCustom() ? StatusErrors.noPage() : StatusErrors.nothingHere();
    }
    return target.subresource().isEmpty()
        ? object(type, target)
        : subresource(type, target, proxied);
  }

  private static boolean isAcrossNamespaces(RequestInfo target) {
    return target.name().isEmpty()
        && (target.verb().equals("list") || target.verb().equals("watch"));
  }

  private VerbHandler object(ResourceType type, RequestInfo target) {
    if (type.isCustom() && target.name().isEmpty() && CHANGES.contains(target.verb())) {
      throw StatusErrors.badRequest("name must be provided");
    }
    VerbHandler asked = virtual.get(type.groupResource());
    VerbHandler operation = asked != null ? asked : plain.get(target.verb());
    if (operation == null || !allows(type, target)) {
      throw StatusErrors.methodNotAllowed();
    }
    return operation;
  }

  private static boolean allows(ResourceType type, RequestInfo target) {
    if (type.isCustom() && target.verb().equals("create")) {
      // Custom resources refuse a name in the path once the body is read.
      return true;
    }
    if (target.name().isEmpty() == NAMED.contains(target.verb())) {
      return (target.verb().equals("watch") && type.allows(Verb.WATCH))
          || (target.verb().equals("create") && type.isCustom());
    }
    for (Verb verb : type.verbs()) {
      if (verb.text().equals(target.verb())) {
        return true;
      }
    }
    return false;
  }

  private VerbHandler subresource(ResourceType type, RequestInfo target, boolean proxied) {
    Subresource subresource = type.subresource(target.subresource());
    if (subresource == null && type.isCustom()) {
      throw StatusErrors.notFound(type, target.name());
    }
    if (subresource == null) {
      throw StatusErrors.nothingHere();
    }
    boolean served =
        proxied || subresource.verbs().stream().anyMatch(verb -> verb.text().equals(target.verb()));
    if (!served) {
      throw StatusErrors.methodNotAllowed();
    }
    VerbHandler own = special.get(target.subresource() + ":" + target.verb());
    if (own != null) {
      return own;
    }
    VerbHandler operation =
        subresource.kind().equals(type.groupVersionKind()) ? plain.get(target.verb()) : null;
    if (operation == null) {
      throw StatusErrors.unserved(type, target.subresource());
    }
    return operation;
  }
}
