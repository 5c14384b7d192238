package dev.pintle.kube.chain;

/// A stage of the handler chain, with one concern.
@FunctionalInterface
public interface Stage {
  void handle(RequestContext context);
}
