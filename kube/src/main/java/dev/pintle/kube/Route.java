package dev.pintle.kube;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.Target;
import dev.pintle.wire.Exchange;

/// Answers paths that are no resources.
@FunctionalInterface
interface Route {
  /// Answers, or does nothing and answers false when the path is not this route's.
  boolean answer(Target target, Query query, Exchange exchange, Reply reply);
}
