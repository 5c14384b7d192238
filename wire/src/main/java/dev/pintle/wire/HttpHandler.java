package dev.pintle.wire;

/// An answerer of HTTP requests on a listener. Called on the connection's event loop: it must not wait; what may wait
/// moves to a virtual thread and answers from there (every method of [Exchange] may be called from any thread).
@FunctionalInterface
public interface HttpHandler {
  void handle(Exchange exchange);
}
