package dev.pintle.embed.requests;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// A choice of requests. Immutable: each method answers a filter that asks for one thing more. What is not asked for may be anything.
///
/// ```java
/// RequestFilter.any().verb("update", "patch").resource("deployments.apps/status").namespace("default")
/// ```
public final class RequestFilter {
  /// Those of the API, and what a method is called where no resource is asked for.
  private static final Set<String> VERBS =
      Set.of(
          "get",
          "list",
          "watch",
          "create",
          "update",
          "patch",
          "delete",
          "deletecollection",
          "post",
          "put",
          "head",
          "options",
          "proxy");

  private static final RequestFilter ANY = new RequestFilter(Asked.NOTHING, Set.of(), _ -> true);

  private final Asked asked;
  private final Set<String> verbs;
  private final Predicate<ReceivedRequest> ending;

  /// The words that are asked for; each empty for any.
  private record Asked(
      String resource,
      String subresource,
      String namespace,
      String name,
      String user,
      String userAgent,
      boolean ended) {
    static final Asked NOTHING = new Asked("", "", "", "", "", "", false);
  }

  private RequestFilter(Asked asked, Set<String> verbs, Predicate<ReceivedRequest> ending) {
    this.asked = asked;
    this.verbs = verbs;
    this.ending = ending;
  }

  /// Every request.
  public static RequestFilter any() {
    return ANY;
  }

  /// What changes objects: `create`, `update`, `patch`, `delete` and `deletecollection`.
  public static RequestFilter writes() {
    return ANY.verb("create", "update", "patch", "delete", "deletecollection");
  }

  /// What reads objects once: `get` and `list`.
  public static RequestFilter reads() {
    return ANY.verb("get", "list");
  }

  /// Requests with one of these verbs: those of the API, such as `list` or `patch` (a server-side apply is a `patch`), or the method in lower
  /// case where a request is for no resource, such as `get` of `/version`.
  ///
  /// @throws IllegalArgumentException when there is no such verb
  public RequestFilter verb(String... several) {
    for (String each : several) {
      if (!VERBS.contains(each)) {
        throw new IllegalArgumentException(
            "verb: %s (expected: one of %s)".formatted(each, String.join(", ", new TreeSet<>(VERBS))));
      }
    }
    return new RequestFilter(asked, Set.copyOf(Arrays.asList(several)), ending);
  }

  /// Requests for a resource, as rights name it: `configmaps`; `deployments.apps` with its group; `pods/status` for a part of it; `pods/*` for the
  /// objects and all their parts. Without a part it is the objects alone.
  public RequestFilter resource(String wanted) {
    int slash = wanted.indexOf('/');
    String plural = slash < 0 ? wanted : wanted.substring(0, slash);
    String part = slash < 0 ? "" : wanted.substring(slash + 1);
    if (plural.isEmpty() || (slash >= 0 && part.isEmpty())) {
      throw new IllegalArgumentException(
          "resource: %s (expected: a plural such as configmaps, deployments.apps or pods/status)"
              .formatted(wanted));
    }
    return with(
        new Asked(plural, part, asked.namespace, asked.name, asked.user, asked.userAgent, asked.ended));
  }

  /// Requests for what is in a namespace.
  public RequestFilter namespace(String wanted) {
    return with(
        new Asked(
            asked.resource,
            asked.subresource,
            wanted,
            asked.name,
            asked.user,
            asked.userAgent,
            asked.ended));
  }

  /// Requests for one object. Of a `create` it is the name of the object that was sent; one that asks the server for a name has none before
  /// it is answered. Requests for collections have none.
  public RequestFilter name(String wanted) {
    return with(
        new Asked(
            asked.resource,
            asked.subresource,
            asked.namespace,
            wanted,
            asked.user,
            asked.userAgent,
            asked.ended));
  }

  /// Requests of a user, by the whole name: `system:serviceaccount:default:mine`. Who acts as somebody else counts as that.
  public RequestFilter user(String wanted) {
    return with(
        new Asked(
            asked.resource,
            asked.subresource,
            asked.namespace,
            asked.name,
            wanted,
            asked.userAgent,
            asked.ended));
  }

  /// Requests of a program, by a part of what it calls itself in `User-Agent`.
  public RequestFilter userAgent(String part) {
    return with(
        new Asked(
            asked.resource,
            asked.subresource,
            asked.namespace,
            asked.name,
            asked.user,
            part,
            asked.ended));
  }

  /// Requests that were answered with one of these statuses; what is under way has none.
  public RequestFilter status(int... wanted) {
    List<Integer> listed = Arrays.stream(wanted).boxed().toList();
    return ended(listed::contains);
  }

  /// Requests that were answered, with a status below 400.
  public RequestFilter successful() {
    return ended(status -> status >= 100 && status < 400);
  }

  /// Requests that were answered with 400 or more.
  public RequestFilter refused() {
    return ended(status -> status >= 400);
  }

  private RequestFilter ended(IntPredicate wanted) {
    Asked more =
        new Asked(
            asked.resource,
            asked.subresource,
            asked.namespace,
            asked.name,
            asked.user,
            asked.userAgent,
            true);
    return new RequestFilter(more, verbs, ending.and(request -> wanted.test(request.status())));
  }

  private RequestFilter with(Asked more) {
    return new RequestFilter(more, verbs, ending);
  }

  /// Whether a request is one of those.
  public boolean matches(ReceivedRequest request) {
    throw new UnsupportedOperationException();
  }
}
