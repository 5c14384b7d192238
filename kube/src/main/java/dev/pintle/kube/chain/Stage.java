package dev.pintle.kube.chain;

/// One concern of the way of a request.
@FunctionalInterface
public interface Stage {
  void handle(RequestContext context);
}
