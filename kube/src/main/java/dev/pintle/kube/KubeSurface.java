package dev.pintle.kube;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.authn.Authenticator;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.Accept;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.request.Caller;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.status.Refusal;
import dev.pintle.kube.status.Refusals;
import dev.pintle.kube.store.ColdRead;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.Later;
import dev.pintle.kube.verb.Operation;
import dev.pintle.kube.verb.Services;
import dev.pintle.member.Member;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import io.netty.buffer.ByteBuf;
import java.util.Set;

/// The Kubernetes API over one member: authenticate, authorize, find the operation, choose the form of the answer, read the
/// body, carry the operation out. What [Assembly] puts together.
public final class KubeSurface implements HttpHandler, AutoCloseable {
  private static final Set<String> WITH_BODY =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  private static final String NOTHING = "404 page not found\n";

  private final Assembly parts;
  private final Authenticator authenticator;
  private final Authorizer authorizer = new Authorizer();
  private final Accept accept = new Accept(true);
  private final Accept acceptCustom = new Accept(false);
  private final KubeConfig config;

  public KubeSurface(Member member, KubeConfig config) {
    this.config = config;
    this.authenticator = new Authenticator(config.adminToken());
    this.parts = new Assembly(member);
    BuiltInObjects.make(parts.services(), parts.namespaces());
  }

  /// The types that are served.
  public TypeRegistry types() {
    return parts.types();
  }

  @Override
  public void handle(Exchange exchange) {
    Query query = Query.parse(exchange.head().query());
    Target target = Target.parse(exchange.head().method(), exchange.head().path(), query);
    Requests.Running running = parts.requests().start(target);
    try {
      Caller caller = authenticator.identify(exchange);
      authorizer.require(caller, target);
      GroupVersion groupVersion = target.groupVersion();
      if (isElsewhere(target)) {
        nothing(exchange, query, running);
      } else if (groupVersion != null && parts.types().current().serves(groupVersion)) {
        resource(exchange, target, query, caller, running);
      } else {
        path(exchange, target, query, running);
      }
    } catch (Refusal refused) {
      Representation form = accept.chooseForRefusal(exchange.head().header("accept").orElse(""));
      plainReply(exchange, pretty(exchange, query, form), query, running).status(refused.status());
    }
  }

  /// Whether a path below a group of custom resources names none of them: such paths are not the API's.
  private boolean isElsewhere(Target target) {
    GroupVersion groupVersion = target.groupVersion();
    TypeSnapshot current = parts.types().current();
    if (groupVersion == null) {
      return false;
    }
    ResourceType type = current.resource(groupVersion, target.resource());
    if (type == null) {
      return current.isCustom(groupVersion);
    }
    if (!type.schema().typeName().isEmpty()) {
      return false;
    }
    boolean across = target.verb().equals("list") || target.verb().equals("watch");
    return type.namespaced()
        ? target.namespace().isEmpty() && !across
        : !target.namespace().isEmpty();
  }

  private void nothing(Exchange exchange, Query query, Requests.Running running) {
    plainReply(exchange, pretty(exchange, query, Representation.JSON), query, running)
        .plain(404, NOTHING);
  }

  private void path(Exchange exchange, Target target, Query query, Requests.Running running) {
    Reply reply =
        plainReply(exchange, pretty(exchange, query, Representation.JSON), query, running);
    Later.guarded(
        reply,
        () -> {
          for (Route route : parts.routes()) {
            if (route.answer(target, query, exchange, reply)) {
              return;
            }
          }
          reply.plain(404, NOTHING);
        });
  }

  private void resource(
      Exchange exchange, Target target, Query query, Caller caller, Requests.Running running) {
    refuseWebSocket(exchange);
    ResourceType type = type(target);
    Operation operation = parts.endpoints().find(type, target);
    Representation form = pretty(exchange, query, form(exchange, type, target));
    Reply reply = plainReply(exchange, form, query, running);
    String contentType = exchange.head().header("content-type").orElse("");
    ApiRequest request = new ApiRequest(target, type, query, caller, contentType, Bytes.EMPTY);
    if (!WITH_BODY.contains(target.verb())) {
      carryOut(operation, request, reply);
      return;
    }
    exchange.readBody(
        config.requestBytesMax(),
        body ->
            Later.guarded(
                reply, () -> carryOut(operation, request.withBody(bytes(exchange, body)), reply)),
        () -> reply.status(Refusals.tooLarge(config.requestBytesMax()).status()));
  }

  /// Clients that would rather watch over WebSocket turn to a plain response when they are told so; an endless answer to the
  /// upgrade would leave them waiting.
  private static void refuseWebSocket(Exchange exchange) {
    String upgrade = exchange.head().header("upgrade").orElse("");
    if (upgrade.equalsIgnoreCase("websocket")) {
      throw Refusals.unavailable("WebSocket is not served; send the request without an upgrade");
    }
  }

  private ResourceType type(Target target) {
    var groupVersion = target.groupVersion();
    ResourceType type =
        groupVersion == null
            ? null
            : parts.types().current().resource(groupVersion, target.resource());
    if (type == null) {
      throw Refusals.nothingHere();
    }
    return type;
  }

  private Representation form(Exchange exchange, ResourceType type, Target target) {
    Accept spoken = type.schema().typeName().isEmpty() ? acceptCustom : accept;
    String header = exchange.head().header("accept").orElse("");
    return target.verb().equals("watch") ? spoken.chooseStream(header) : spoken.choose(header);
  }

  private static Representation pretty(Exchange exchange, Query query, Representation form) {
    if (query.has("pretty")) {
      return form.prettier(query.flag("pretty"));
    }
    String agent = exchange.head().header("user-agent").orElse("");
    boolean person =
        agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
    return person ? form.prettier(true) : form;
  }

  private Reply plainReply(
      Exchange exchange, Representation form, Query query, Requests.Running running) {
    return new Reply(exchange, parts.forms(), form, query.text("includeObject"), running::answered);
  }

  private Bytes bytes(Exchange exchange, ByteBuf body) {
    try {
      return Bytes.wrap(
          BodyBytes.of(
              body,
              exchange.head().header("content-encoding").orElse(""),
              config.requestBytesMax()));
    } finally {
      body.release();
    }
  }

  /// Tries on this thread, which must not wait; goes on elsewhere when the answer lies on the disk.
  private void carryOut(Operation operation, ApiRequest request, Reply reply) {
    Services services = parts.services();
    try {
      Later.guarded(reply, () -> operation.run(request, services.view(false), reply));
    } catch (ColdRead _) {
      reply.startAgain();
      services
          .workers()
          .execute(
              () -> Later.guarded(reply, () -> operation.run(request, services.view(true), reply)));
    }
  }

  /// Ends timers and waits for what is still being worked on.
  @Override
  public void close() {
    parts.close();
  }
}
