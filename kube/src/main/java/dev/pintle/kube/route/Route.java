package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Reply;

/// A handler of non-resource paths.
@FunctionalInterface
public interface Route {
  /// Answers, or does nothing and answers false when the path is not this route's.
  ///
  /// @param reply in JSON
  boolean answer(RequestContext context, Reply reply);
}
