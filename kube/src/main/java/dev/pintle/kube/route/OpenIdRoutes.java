package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.token.ServiceAccountTokens;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;

/// The routes by which others check the tokens of service accounts: `/.well-known/openid-configuration` and
/// `/openid/v1/jwks`.
public final class OpenIdRoutes implements Route {
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final String KEYS = "/openid/v1/jwks";
  private static final String JSON = "application/json";
  private static final String KEY_SET = "application/jwk-set+json";

  private final ServiceAccountTokens tokens;

  public OpenIdRoutes(ServiceAccountTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public boolean answer(RequestContext context, Reply reply) {
    String path = context.info().path();
    if (WebService.owns(DISCOVERY, path)) {
      requireRoot(DISCOVERY, path);
      WebService.requireRead(context, JSON);
      send(context, JSON, tokens.discovery(context.host()));
      return true;
    }
    if (WebService.owns(KEYS, path)) {
      requireRoot(KEYS, path);
      WebService.requireRead(context, KEY_SET);
      send(context, KEY_SET, tokens.keySet());
      return true;
    }
    return false;
  }

  /// Below a web service nothing is found, and it is the service that says so.
  private static void requireRoot(String root, String path) {
    if (path.length() > root.length() + 1) {
      throw StatusErrors.nothingHere();
    }
  }

  private static void send(RequestContext context, String type, JsonObject document) {
    ResponseHeaders headers = ResponseHeaders.of(type).add("cache-control", "public, max-age=3600");
    context.exchange().respond(200, headers, Unpooled.wrappedBuffer(JsonWriter.bytes(document)));
  }
}
