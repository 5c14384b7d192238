package dev.pintle.kube.route;

import dev.pintle.kube.FakeExchange;
import dev.pintle.kube.chain.Replies;
import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.encode.UnreadProtobuf;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.wire.ShedCounts;
import java.time.Instant;
import java.util.Map;

/// Requests of tests that ask one route.
final class RouteFixture {
  private static final Forms.Rows NO_ROWS =
      new Forms.Rows() {
        @Override
        public JsonArray columns(ResourceType type) {
          return new JsonArray();
        }

        @Override
        public JsonObject row(ResourceType type, JsonObject object) {
          return new JsonObject();
        }
      };
  private static final Replies REPLIES =
      new Replies(new Forms(UnreadProtobuf.UNWRITTEN, NO_ROWS), new ShedCounts());

  private RouteFixture() {}

  static FakeExchange exchange(String method, String target) {
    return new FakeExchange(method, target, new byte[0], Map.of());
  }

  static RequestContext context(FakeExchange exchange) {
    Query query = Query.parse(exchange.query());
    RequestInfo info = RequestInfo.parse(exchange.method(), exchange.path(), query);
    return new RequestContext(exchange, info, query, null, Instant.EPOCH);
  }

  static Reply reply(RequestContext context) {
    return REPLIES.json(context);
  }
}
