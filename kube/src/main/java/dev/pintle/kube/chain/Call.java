package dev.pintle.kube.chain;

import dev.pintle.kube.request.Caller;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.Target;
import dev.pintle.wire.Exchange;

/// A request on its way through the stages.
///
/// @param caller nobody known, until [Authentication] has asked
public record Call(Exchange exchange, Target target, Query query, Caller caller) {

  /// As it arrives.
  public static Call of(Exchange exchange) {
    Query query = Query.parse(exchange.head().query());
    Target target = Target.parse(exchange.head().method(), exchange.head().path(), query);
    return new Call(exchange, target, query, Caller.ANONYMOUS);
  }

  public String method() {
    return exchange.head().method();
  }

  /// The first value of a header of the request; empty when there is none.
  public String header(String name) {
    return exchange.head().header(name).orElse("");
  }

  /// Where the client reached the server, `host:port`.
  public String host() {
    String host = header("host");
    return host.isEmpty() ? "localhost" : host;
  }

  Call with(Exchange other) {
    return new Call(other, target, query, caller);
  }

  public Call by(Caller other) {
    return new Call(exchange, target, query, other);
  }
}
