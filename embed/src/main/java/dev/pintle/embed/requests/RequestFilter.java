package dev.pintle.embed.requests;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A choice of requests. Immutable: each method answers a filter that asks for one thing more. What is not asked for may be anything, and
/// what is asked for again is asked for in place of what was before.
///
/// ```java
/// RequestFilter.any().verb("update", "patch").resource("deployments.apps/status").namespace("default")
/// ```
public final class RequestFilter {
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
          "proxy",
          // Methods, where no resource is asked for.
          "post",
          "put",
          "head",
          "options");

  private static final RequestFilter ANY =
      new RequestFilter(new Words("", "", "", "", "", ""), Set.of(), new Ending("", _ -> true));

  private final Words words;
  private final Set<String> verbs;
  private final Ending ending;

  /// The words that are asked for; each empty for any.
  ///
  /// @param resource with its group, where that is asked for
  private record Words(
      String resource, String part, String namespace, String name, String user, String userAgent) {}

  /// The end that is asked for.
  ///
  /// @param text empty for any
  private record Ending(String text, Predicate<ReceivedRequest> wanted) {}

  private RequestFilter(Words words, Set<String> verbs, Ending ending) {
    this.words = words;
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
            "verb: %s (expected: one of %s)"
                .formatted(each, String.join(", ", new TreeSet<>(VERBS))));
      }
    }
    return new RequestFilter(words, Set.copyOf(Arrays.asList(several)), ending);
  }

  /// Requests for a resource, as rights name it: `configmaps`; `deployments.apps` with its group; `pods/status` for a part of it; `pods/*` for the
  /// objects and all their parts. Without a part it is the objects alone.
  ///
  /// @throws IllegalArgumentException when it is no such word
  public RequestFilter resource(String wanted) {
    int slash = wanted.indexOf('/');
    String plural = slash < 0 ? wanted : wanted.substring(0, slash);
    String part = slash < 0 ? "" : wanted.substring(slash + 1);
    if (plural.isEmpty() || (slash >= 0 && part.isEmpty())) {
      throw new IllegalArgumentException(
          "resource: %s (expected: a plural, such as configmaps, deployments.apps or pods/status)"
              .formatted(wanted));
    }
    return with(new Words(plural, part, words.namespace, words.name, words.user, words.userAgent));
  }

  /// Requests for what is in a namespace.
  public RequestFilter namespace(String wanted) {
    return with(
        new Words(words.resource, words.part, wanted, words.name, words.user, words.userAgent));
  }

  /// Requests for one object. Of a `create` it is the name of the object that was sent: of one that leaves its name to the server it is its
  /// `generateName` (`web-`) until it is answered, and then what the server has called it. A list or watch of what can only be one object, by its field selector, is for that object; all others have none.
  public RequestFilter name(String wanted) {
    return with(
        new Words(
            words.resource, words.part, words.namespace, wanted, words.user, words.userAgent));
  }

  /// Requests of a user, by the whole name: `system:serviceaccount:default:mine`. Who acts as somebody else counts as that.
  public RequestFilter user(String wanted) {
    return with(
        new Words(
            words.resource, words.part, words.namespace, words.name, wanted, words.userAgent));
  }

  /// Requests of a program, by a part of what it calls itself in `User-Agent`.
  public RequestFilter userAgent(String part) {
    return with(
        new Words(words.resource, words.part, words.namespace, words.name, words.user, part));
  }

  /// Requests that were answered with one of these statuses; what is under way has none.
  public RequestFilter status(int... wanted) {
    List<Integer> listed = Arrays.stream(wanted).boxed().toList();
    return ending("status " + listed, request -> listed.contains(request.status()));
  }

  /// Requests that were answered, with a status below 400.
  public RequestFilter successful() {
    return ending("successful", request -> request.status() > 0 && request.status() < 400);
  }

  /// Requests that were answered with a status of 400 or more.
  public RequestFilter refused() {
    return ending("refused", request -> request.status() >= 400);
  }

  private RequestFilter ending(String text, Predicate<ReceivedRequest> wanted) {
    return new RequestFilter(words, verbs, new Ending(text, wanted));
  }

  private RequestFilter with(Words more) {
    return new RequestFilter(more, verbs, ending);
  }

  /// Whether a request is one of those.
  public boolean matches(ReceivedRequest request) {
    return (verbs.isEmpty() || verbs.contains(request.verb()))
        && isOfResource(request)
        && isOrAny(words.namespace, request.namespace())
        && isOrAny(words.name, request.name())
        && isOrAny(words.user, request.user())
        && request.userAgent().contains(words.userAgent)
        && ending.wanted.test(request);
  }

  private static boolean isOrAny(String wanted, String found) {
    return wanted.isEmpty() || wanted.equals(found);
  }

  private boolean isOfResource(ReceivedRequest request) {
    if (words.resource.isEmpty()) {
      return true;
    }
    boolean named =
        words.resource.equals(request.resource())
            || words.resource.equals(request.resource() + "." + request.group());
    return named && (words.part.equals("*") || words.part.equals(request.subresource()));
  }

  /// The verbs that are asked for; empty for any.
  public Set<String> verbs() {
    return verbs;
  }

  /// The resource that is asked for, with its group where that is; empty for any.
  public String resource() {
    return words.resource;
  }

  /// The part of objects that is asked for; `*` for objects and all parts, empty for objects alone.
  public String part() {
    return words.part;
  }

  /// The namespace that is asked for; empty for any.
  public String namespace() {
    return words.namespace;
  }

  /// The name that is asked for; empty for any.
  public String name() {
    return words.name;
  }

  /// Whether it asks how a request ended.
  public boolean asksForEnd() {
    return !ending.text.isEmpty();
  }

  /// What is asked for, in words.
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(" ");
    text.add(verbs.isEmpty() ? "any verb" : String.join("|", new TreeSet<>(verbs)));
    add(text, "", words.part.isEmpty() ? words.resource : words.resource + "/" + words.part);
    add(text, "namespace=", words.namespace);
    add(text, "name=", words.name);
    add(text, "user=", words.user);
    add(text, "user-agent=", words.userAgent);
    add(text, "", ending.text);
    return text.toString();
  }

  private static void add(StringJoiner text, String before, String word) {
    if (!word.isEmpty()) {
      text.add(before + word);
    }
  }
}
