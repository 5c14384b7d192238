package dev.pintle.kube.chain;

import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.wire.Exchange;

/// A request on its way through the stages.
///
/// @param caller nobody known, until [Authentication] has asked
public record RequestContext(Exchange exchange, RequestInfo target, Query query, UserInfo caller) {

  /// As it arrives.
  public static RequestContext of(Exchange exchange) {
    Query query = Query.parse(exchange.head().query());
    RequestInfo target = RequestInfo.parse(exchange.head().method(), exchange.head().path(), query);
    return new RequestContext(exchange, target, query, UserInfo.ANONYMOUS);
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

  RequestContext with(Exchange other) {
    return new RequestContext(other, target, query, caller);
  }

  public RequestContext by(UserInfo other) {
    return new RequestContext(exchange, target, query, other);
  }
}
