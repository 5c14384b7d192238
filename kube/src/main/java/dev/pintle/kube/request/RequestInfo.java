package dev.pintle.kube.request;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.selector.FieldSelector;
import dev.pintle.kube.selector.SelectorSyntaxException;
import dev.pintle.kube.status.StatusError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The aim of a request, by upstream's rules for paths.
///
/// @param verb `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; the method in lower case
///     for what is no resource
/// @param groupVersion null for what is no resource
/// @param namespace empty for all namespaces or none
/// @param name empty for the collection
/// @param subresource empty for the object itself
/// @param extraSegments how many segments follow the subresource
/// @param selected the one name that the field selector of a list or watch leaves; empty for any
/// @param selectedNode the one node that the field selector leaves, of what is bound to nodes; empty for any
public record RequestInfo(
    String verb,
    String path,
    @Nullable GroupVersion groupVersion,
    String namespace,
    String resource,
    String name,
    String subresource,
    int extraSegments,
    String selected,
    String selectedNode) {

  /// The field by which what is bound to nodes is selected.
  public static final String NODE_NAME = "spec.nodeName";

  private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

  /// Verbs that a path names itself, before the resource.
  private static final Set<String> PATH_VERBS = Set.of("watch", "proxy");

  public RequestInfo(
      String verb,
      String path,
      @Nullable GroupVersion groupVersion,
      String namespace,
      String resource,
      String name,
      String subresource,
      int extraSegments) {
    this(verb, path, groupVersion, namespace, resource, name, subresource, extraSegments, "", "");
  }

  /// The same with another verb.
  public RequestInfo withVerb(String other) {
    return new RequestInfo(
        other,
        path,
        groupVersion,
        namespace,
        resource,
        name,
        subresource,
        extraSegments,
        selected,
        selectedNode);
  }

  /// The name by which rights are judged: who lists what can only be one object asks for that object.
  public String judgedName() {
    return name.isEmpty() ? selected : name;
  }

  /// Whether the path itself asks for a watch: `/api/v1/watch/...`.
  public boolean isWatchPath() {
    List<String> parts = split(path);
    return groupVersion != null && isWatchPath(parts.subList(root(parts), parts.size()));
  }

  private static boolean isWatchPath(List<String> parts) {
    return parts.size() > 1 && parts.getFirst().equals("watch");
  }

  /// How many segments come before those of the resource.
  private static int root(List<String> parts) {
    return parts.getFirst().equals("api") ? 2 : 3;
  }

  public boolean isResource() {
    return groupVersion != null;
  }

  public static RequestInfo parse(String method, String encodedPath, Query query) {
    // Without a query it is the very target that the head of the request keeps anyway.
    String whole = Query.decode(encodedPath, false);
    String path = query.isEmpty() ? whole : RecentWords.part(whole, 0, whole.length());
    List<String> parts = split(path);
    boolean core = !parts.isEmpty() && parts.getFirst().equals("api");
    boolean grouped = !parts.isEmpty() && parts.getFirst().equals("apis");
    int root = root(parts);
    if (!(core || grouped) || parts.size() <= root) {
      return new RequestInfo(method.toLowerCase(Locale.ROOT), path, null, "", "", "", "", 0);
    }
    GroupVersion groupVersion =
        core ? new GroupVersion("", parts.get(1)) : new GroupVersion(parts.get(1), parts.get(2));
    List<String> rest = parts.subList(root, parts.size());
    boolean pathVerb = rest.size() > 1 && PATH_VERBS.contains(rest.getFirst());
    return resource(
        method,
        path,
        groupVersion,
        pathVerb ? rest.subList(1, rest.size()) : rest,
        pathVerb ? rest.getFirst() : "",
        query);
  }

  private static RequestInfo resource(
      String method,
      String path,
      GroupVersion groupVersion,
      List<String> rest,
      String pathVerb,
      Query query) {
    String namespace = "";
    List<String> parts = rest;
    if (rest.getFirst().equals("namespaces") && rest.size() > 1) {
      namespace = rest.get(1);
      if (rest.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(rest.get(2))) {
        parts = rest.subList(2, rest.size());
      }
    }
    String name = parts.size() > 1 ? parts.get(1) : "";
    String subresource = parts.size() > 2 && !pathVerb.equals("proxy") ? parts.get(2) : "";
    String verb = pathVerb.isEmpty() ? verb(method, name, query) : pathVerb;
    boolean reads = method.equals("GET") || method.equals("HEAD");
    boolean selects = name.isEmpty() && pathVerb.isEmpty() && reads;
    return new RequestInfo(
        verb,
        path,
        groupVersion,
        namespace,
        parts.getFirst(),
        name,
        subresource,
        Math.max(0, parts.size() - 3),
        selects ? selectedName(query) : "",
        name.isEmpty() && !method.equals("POST") ? selected(query, NODE_NAME) : "");
  }

  /// The name that the field selector asks for, when it asks for one and the other options can be read.
  private static String selectedName(Query query) {
    String name = selected(query, "metadata.name");
    return name.isEmpty() || Formats.pathSegment(name).isEmpty() ? name : "";
  }

  /// The value that the field selector asks for.
  private static String selected(Query query, String field) {
    String selector = query.text("fieldSelector");
    if (selector.isEmpty()) {
      return "";
    }
    try {
      ListOptions.requireReadable(query);
      return FieldSelector.parse(selector).exactly(field).orElse("");
    } catch (SelectorSyntaxException | StatusError unreadable) {
      return "";
    }
  }

  private static String verb(String method, String name, Query query) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
      case "GET", "HEAD" ->
          query.flag("watch")
              ? (name.isEmpty() ? "watch" : "get")
              : name.isEmpty() ? "list" : "get";
      default -> "";
    };
  }

  /// The segments between the slashes, those at the ends left out; at least one.
  private static List<String> split(String path) {
    int from = 0;
    int to = path.length();
    while (from < to && path.charAt(from) == '/') {
      from++;
    }
    while (to > from && path.charAt(to - 1) == '/') {
      to--;
    }
    List<String> segments = new ArrayList<>(8);
    int start = from;
    for (int at = path.indexOf('/', from, to); at >= 0; at = path.indexOf('/', start, to)) {
      segments.add(RecentWords.part(path, start, at));
      start = at + 1;
    }
    segments.add(RecentWords.part(path, start, to));
    return segments;
  }
}
