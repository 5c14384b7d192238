package dev.pintle.kube.intercept;

import dev.pintle.kube.request.Query;
import java.util.Set;

/// A query with some of its parameters left out and others in their place.
final class RewrittenQuery {
  private static final Set<String> OF_MOMENT =
      Set.of("resourceVersion", "resourceVersionMatch", "limit");
  private static final Set<String> OF_INITIAL_EVENTS =
      Set.of("sendInitialEvents", "resourceVersion", "resourceVersionMatch", "allowWatchBookmarks");

  private RewrittenQuery() {}

  /// A list as it was at a revision.
  ///
  /// @param query still percent-encoded, of a list that names no version that is to be there
  static Query at(long revision, String query) {
    return Query.parse(
        without(query, OF_MOMENT)
            + "resourceVersionMatch=Exact&resourceVersion="
            + Long.toUnsignedString(revision));
  }

  /// A watch that is told no bookmarks, and yet all objects first where it asks for those.
  static Query withoutBookmarks(Query asked, String query) {
    return Query.parse(
        asked.flag("sendInitialEvents")
            ? without(query, OF_INITIAL_EVENTS) + "resourceVersion=0"
            : without(query, Set.of("allowWatchBookmarks")));
  }

  /// What is left ends with `&`.
  private static String without(String query, Set<String> names) {
    StringBuilder left = new StringBuilder(query.length() + 64);
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = Query.percentDecoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!pair.isEmpty() && !names.contains(name)) {
        left.append(pair).append('&');
      }
    }
    return left.toString();
  }
}
