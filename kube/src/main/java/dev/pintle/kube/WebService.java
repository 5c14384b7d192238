package dev.pintle.kube;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.negotiation.Accept;
import dev.pintle.kube.status.StatusErrors;

/// What upstream's documents have in common that are served by its framework for web services: they are only read, and
/// only by those who accept one of their forms.
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
