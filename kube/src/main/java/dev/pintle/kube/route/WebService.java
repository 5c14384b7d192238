package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.status.StatusErrors;
import java.util.List;

/// The common rules of those documents that upstream serves by its web service framework (go-restful): they are read only,
/// and only by clients that accept one of their media types.
final class WebService {
  private WebService() {}

  /// Whether the path is the service's root or below it.
  static boolean owns(String root, String path) {
    return path.startsWith(root)
        && (path.length() == root.length() || path.charAt(root.length()) == '/');
  }

  /// @param offered the media types of the document
  static void requireRead(RequestContext context, String... offered) {
    if (!context.method().equals("GET")) {
      throw StatusErrors.methodNotAllowed();
    }
    if (!names(context.header("accept"), List.of(offered))) {
      throw StatusErrors.nothingAcceptable(String.join(", ", offered));
    }
  }

  /// Whether one of the media types is named in full, or all are: the framework knows no other wildcard, and no preference.
  private static boolean names(String accept, List<String> offered) {
    for (String clause : accept.split(",", -1)) {
      String type = clause.split(";", 2)[0].strip();
      if (type.isEmpty() || type.equals("*/*") || offered.contains(type)) {
        return true;
      }
    }
    return false;
  }
}
