package dev.pintle.kube;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.chain.Call;
import dev.pintle.kube.chain.Replies;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.Accept;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.status.Refusals;
import dev.pintle.kube.store.ColdRead;
import dev.pintle.kube.validation.GoText;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.Later;
import dev.pintle.kube.verb.Operation;
import dev.pintle.kube.verb.Services;
import dev.pintle.wire.Exchange;
import io.netty.buffer.ByteBuf;
import java.util.Set;

/// The end of the way for resources: finds the operation, chooses the form of the answer, reads the body, and carries the operation
/// out.
final class Resources implements Stage {
  private static final Set<String> WITH_BODY =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  /// What a row may carry of its object.
  private static final Set<String> INCLUDED = Set.of("", "Metadata", "Object", "None");

  private final TypeRegistry types;
  private final TypeSnapshot builtIn;
  private final Endpoints endpoints;
  private final Services services;
  private final Replies replies;
  private final int requestBytesMax;
  private final Accept accept = new Accept(true);
  private final Accept acceptCustom = new Accept(false);

  Resources(
      TypeRegistry types,
      TypeSnapshot builtIn,
      Endpoints endpoints,
      Services services,
      Replies replies,
      int requestBytesMax) {
    this.types = types;
    this.builtIn = builtIn;
    this.endpoints = endpoints;
    this.services = services;
    this.replies = replies;
    this.requestBytesMax = requestBytesMax;
  }

  /// Whether the target lies in a version of a group that is served.
  boolean serves(Target target) {
    GroupVersion version = target.groupVersion();
    return version != null && types.current().serves(version);
  }

  /// Whether the target's resource exists.
  boolean knows(Target target) {
    GroupVersion version = target.groupVersion();
    return version != null && types.current().resource(version, target.resource()) != null;
  }

  @Override
  public void handle(Call call) {
    Target target = call.target();
    refuseWebSocket(call);
    ResourceType type = type(target);
    Operation operation = endpoints.find(type, target);
    requireMethod(call, type);
    Reply reply = replies.in(call, form(call, type));
    Deprecations.of(type).ifPresent(reply::warn);
    ApiRequest request =
        new ApiRequest(
            target,
            type,
            call.query(),
            call.caller(),
            call.header("content-type"),
            call.header("user-agent"),
            Bytes.EMPTY);
    if (!WITH_BODY.contains(target.verb())) {
      carryOut(operation, request, reply, call.mayWait());
      return;
    }
    call.exchange()
        .readBody(
            requestBytesMax,
            body ->
                Later.guarded(
                    reply,
                    () ->
                        carryOut(
                            operation,
                            request.withBody(bytes(call.exchange(), body)),
                            reply,
                            false)),
            () -> reply.status(Refusals.tooLarge(requestBytesMax).status()));
  }

  /// A path that watches whatever the method is for reading alone.
  private static void requireMethod(Call call, ResourceType type) {
    String method = call.method();
    boolean head = method.equals("HEAD");
    boolean watched = call.target().verb().equals("watch") && !method.equals("GET");
    if (head ? !isCustom(type) : watched) {
      throw Refusals.methodNotAllowed();
    }
  }

  /// Clients that would rather watch over WebSocket turn to a plain response when they are told so; an endless answer to the
  /// upgrade would leave them waiting.
  private static void refuseWebSocket(Call call) {
    if (call.header("upgrade").equalsIgnoreCase("websocket")) {
      throw Refusals.unavailable("WebSocket is not served; send the request without an upgrade");
    }
  }

  private ResourceType type(Target target) {
    GroupVersion version = target.groupVersion();
    ResourceType type =
        version == null ? null : types.current().resource(version, target.resource());
    if (type == null) {
      throw version != null && builtIn.serves(version) ? Refusals.nothingHere() : Refusals.noPage();
    }
    return type;
  }

  private Representation form(Call call, ResourceType type) {
    Accept spoken = isCustom(type) ? acceptCustom : accept;
    String header = call.header("accept");
    Representation form =
        call.target().verb().equals("watch") ? spoken.chooseStream(header) : spoken.choose(header);
    if (form.form() == Representation.Form.TABLE) {
      requireIncludable(call.query().text("includeObject"));
    }
    return form;
  }

  private static boolean isCustom(ResourceType type) {
    return type.schema().typeName().isEmpty();
  }

  private static void requireIncludable(String object) {
    if (!INCLUDED.contains(object)) {
      throw Refusals.badRequest(
          "Unable to convert to Table as requested: includeObject: Invalid value: %s: must be 'Metadata', 'Object', 'None', or empty"
              .formatted(GoText.quote(object)));
    }
  }

  private Bytes bytes(Exchange exchange, ByteBuf body) {
    try {
      return Bytes.wrap(
          BodyBytes.of(
              body, exchange.head().header("content-encoding").orElse(""), requestBytesMax));
    } finally {
      body.release();
    }
  }

  /// Tries on this thread; where that must not wait, goes on elsewhere when the answer lies on the disk.
  private void carryOut(Operation operation, ApiRequest request, Reply reply, boolean mayWait) {
    try {
      Later.guarded(reply, () -> operation.run(request, services.view(mayWait), reply));
    } catch (ColdRead _) {
      reply.startAgain();
      services
          .workers()
          .execute(
              () -> Later.guarded(reply, () -> operation.run(request, services.view(true), reply)));
    }
  }
}
