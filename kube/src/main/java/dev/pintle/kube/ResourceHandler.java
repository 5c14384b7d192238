package dev.pintle.kube;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.chain.Replies;
import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.connection.Connections;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.encode.AnswerWriter;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.instance.QuickExpressions;
import dev.pintle.kube.negotiation.Accept;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.patch.PatchGrowth;
import dev.pintle.kube.request.OnBehalf;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.schema.Verb;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.verb.VerbHandler;
import dev.pintle.kube.worker.FairExecutor;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The end of the way for resources: finds the operation, chooses the form of the answer, reads the body, and carries the operation
/// out.
final class ResourceHandler implements Stage {
  private static final Set<String> WITH_BODY =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  /// What a row may carry of its object.
  private static final Set<String> INCLUDED = Set.of("", "Metadata", "Object", "None");

  private final TypeRegistry types;
  private final TypeSnapshot builtIn;
  private final VerbHandlers endpoints;
  private final VerbContext verbs;
  private final Replies replies;
  private final AnswerWriter answers;
  private final int requestBytesMax;
  private final Accept accept = new Accept(true);
  private final Accept acceptCustom = new Accept(false);
  private final Accept acceptWithoutTables = Accept.withoutTables();
  private final Accept acceptLogs = Accept.ofText();

  ResourceHandler(
      TypeRegistry types,
      TypeSnapshot builtIn,
      VerbHandlers endpoints,
      VerbContext verbs,
      Replies replies,
      AnswerWriter answers,
      int requestBytesMax) {
    this.types = types;
    this.builtIn = builtIn;
    this.endpoints = endpoints;
    this.verbs = verbs;
    this.replies = replies;
    this.answers = answers;
    this.requestBytesMax = requestBytesMax;
  }

  /// Whether the target lies in a version of a group that is served.
  boolean serves(RequestInfo target) {
    GroupVersion version = target.groupVersion();
    return version != null && types.current().serves(version);
  }

  /// Whether the target's resource exists.
  boolean knows(RequestInfo target) {
    GroupVersion version = target.groupVersion();
    return version != null && types.current().resource(version, target.resource()) != null;
  }

  /// What kind of resource a plain read of one object is about, where nothing is to be said about it; else null.
  @Nullable ResourceType readable(RequestInfo target) {
    GroupVersion version = target.groupVersion();
    if (version == null
        || !target.verb().equals("get")
        || target.name().isEmpty()
        || !target.subresource().isEmpty()) {
      return null;
    }
    ResourceType type = types.current().resource(version, target.resource());
    return type != null
            && type.allows(Verb.GET)
            && isInPlace(type, target)
            && PathShape.isRight(type, target)
            && Deprecations.of(type).isEmpty()
        ? type
        : null;
  }

  /// A namespace is in itself.
  private static boolean isInPlace(ResourceType type, RequestInfo target) {
    String namespace = target.namespace();
    return type.namespaced()
        ? !namespace.isEmpty()
        : namespace.isEmpty() || namespace.equals(target.name());
  }

  @Override
  public void handle(RequestContext context) {
    OnBehalf.of(context.user().name(), context.notes()::left, () -> serve(context));
  }

  private void serve(RequestContext context) {
    RequestInfo target = context.info();
    boolean connects = Connections.leadsTo(target);
    ResourceType type = type(target);
    VerbHandler handler = endpoints.find(type, target, context.method());
    if (context.method().equals("HEAD") && !type.isCustom() && !Connections.isProxy(target)) {
      throw StatusErrors.methodNotAllowed();
    }
    Representation form = form(context, type);
    Reply reply = replies.in(context, form);
    Deprecations.of(type).ifPresent(warning -> warn(context, warning));
    requireIncludable(form, context.query().text("includeObject"));
    ApiRequest request =
        new ApiRequest(
            target,
            type,
            context.query(),
            context.user(),
            context.header("content-type"),
            context.header("user-agent"),
            Bytes.EMPTY,
            context.notes());
    if (WITH_BODY.contains(target.verb()) && !connects) {
      byte[] body = BodyBytes.await(context.exchange(), requestBytesMax);
      change(handler, request.withBody(Bytes.wrap(body)), reply, context);
    } else {
      answer(handler, request, reply, context);
    }
  }

  private static void warn(RequestContext context, String warning) {
    context.warnings().accept(warning);
    if (context.record() != null) {
      context.notes().annotate("k8s.io/deprecated", "true");
      Deprecations.removedRelease(warning)
          .ifPresent(release -> context.notes().annotate("k8s.io/removed-release", release));
    }
  }

  /// Here, or where it holds up nobody else when what was sent, or what it changes, is large, or judged by expressions that take long.
  private void change(
      VerbHandler handler, ApiRequest request, Reply reply, RequestContext context) {
    long bytes =
        request.body().size()
            + bytesOfCurrent(request)
            + PatchGrowth.bytesMax(request.contentType(), request.body());
    boolean small = bytes <= FairExecutor.HERE_BYTES_MAX;
    Runnable here = () -> answer(handler, request, reply, context);
    if (small && !request.type().hasExpressions()) {
      here.run();
    } else if (!small || !QuickExpressions.suffice(request.type(), here)) {
      inTurn(
          request,
          bytes,
          () ->
              answers.write(
                  handler.handle(request, verbs.view(), context.warnings()), reply, turns(request)),
          context);
    }
  }

  private void answer(
      VerbHandler handler, ApiRequest request, Reply reply, RequestContext context) {
    Answer answer = handler.handle(request, verbs.view(), context.warnings());
    if (answer instanceof Answer.Collection list && list.many() && !isAtHand(list, reply)) {
      inTurn(request, 0, () -> answers.write(answer, reply, turns(request)), context);
    } else {
      answers.write(answer, reply, turns(request));
    }
  }

  private static boolean isAtHand(Answer.Collection list, Reply reply) {
    return reply.isOfStoredBytes() && list.items().isAtHand();
  }

  private Executor turns(ApiRequest request) {
    return OnBehalf.carriedBy(work -> verbs.bulk().execute(request.caller().name(), 0, work));
  }

  /// A refusal is written in the turn, too: it may repeat all that was sent.
  private void inTurn(ApiRequest request, long bytes, Runnable step, RequestContext context) {
    verbs
        .bulk()
        .call(
            request.caller().name(),
            bytes,
            () -> {
              try {
                step.run();
              } catch (StatusError refused) {
                replies.refuse(context, refused);
              }
              return true;
            });
  }

  private long bytesOfCurrent(ApiRequest request) {
    return request.name().isEmpty()
        ? 0
        : verbs.view().bytesOf(request.type(), request.namespace(), request.name());
  }

  private ResourceType type(RequestInfo target) {
    GroupVersion version = target.groupVersion();
    ResourceType type =
        version == null ? null : types.current().resource(version, target.resource());
    if (type == null) {
      throw version != null && builtIn.serves(version)
          ? StatusErrors.nothingHere()
          : StatusErrors.noPage();
    }
    return type;
  }

  /// Nothing of it is kept, as of a review.
  private static boolean isMadeOnly(ResourceType type) {
    return type.verbs().equals(Set.of(Verb.CREATE));
  }

  private Representation form(RequestContext context, ResourceType type) {
    if (Connections.leadsTo(context.info())) {
      // What it leads to has any form.
      return accept.chooseForRefusal(context.header("accept"));
    }
    boolean plain = isMadeOnly(type) || NoTables.of(type, context.info().subresource());
    Accept spoken =
        context.info().subresource().equals("log")
            ? acceptLogs
            : type.isCustom() ? acceptCustom : plain ? acceptWithoutTables : accept;
    String header = context.header("accept");
    return context.info().verb().equals("watch")
        ? spoken.chooseStream(header)
        : spoken.choose(header);
  }

  private static void requireIncludable(Representation form, String object) {
    if (form.form() == Representation.Form.TABLE && !INCLUDED.contains(object)) {
      throw StatusErrors.badRequest(
          "Unable to convert to Table as requested: includeObject: Invalid value: %s: must be 'Metadata', 'Object', 'None', or empty"
              .formatted(GoText.quote(object)));
    }
  }
}
