package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.negotiation.Accept;
import dev.pintle.kube.status.StatusErrors;

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
    if (!Accept.covers(context.header("accept"), offered)) {
      throw StatusErrors.nothingAcceptable(String.join(", ", offered));
    }
  }
}
