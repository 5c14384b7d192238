package dev.pintle.kube;

import dev.pintle.kube.authn.Authenticator;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.authz.Decision;
import dev.pintle.kube.connection.Connections;
import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.protobuf.ProtobufCodec;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.review.Reviews;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.token.ServiceAccountTokens;
import dev.pintle.kube.verb.Create;
import dev.pintle.kube.verb.Delete;
import dev.pintle.kube.verb.DeleteCollection;
import dev.pintle.kube.verb.DeletionReader;
import dev.pintle.kube.verb.Eviction;
import dev.pintle.kube.verb.Get;
import dev.pintle.kube.verb.ListObjects;
import dev.pintle.kube.verb.Patch;
import dev.pintle.kube.verb.PodBinding;
import dev.pintle.kube.verb.Replace;
import dev.pintle.kube.verb.Scale;
import dev.pintle.kube.verb.TokenRequests;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.verb.VerbHandler;
import dev.pintle.kube.watch.WatchObjects;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The handlers of all verbs and sub-resources, put together.
///
/// @param forms of watch events
record HandlerAssembly(
    VerbContext context,
    ServedTypes served,
    BuiltInTypes builtIn,
    Forms forms,
    ServiceAccountTokens tokens,
    Authenticator authenticator,
    Authorizer authorizer) {

  VerbHandlers handlers() {
    return new VerbHandlers(plain(), special(), virtual());
  }

  private Map<String, VerbHandler> plain() {
    Map<String, VerbHandler> verbs = new HashMap<>();
    DeletionReader deletions =
        new DeletionReader(
            context, builtIn.definition("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"));
    verbs.put("get", new Get(context));
    verbs.put("list", new ListObjects(context));
    verbs.put("watch", new WatchObjects(context, forms, ProtobufCodec::watchEvent));
    verbs.put("create", new Create(context));
    verbs.put("update", new Replace(context));
    verbs.put("patch", new Patch(context));
    verbs.put("delete", new Delete(context, deletions, this::refusal));
    verbs.put("deletecollection", new DeleteCollection(context, deletions));
    return verbs;
  }

  private @Nullable String refusal(UserInfo caller, RequestInfo asked, ObjectView view) {
    Decision decision = authorizer.decide(caller, asked, () -> view);
    return decision.allowed() ? null : decision.reason();
  }

  private Map<String, VerbHandler> special() {
    Scale scale = new Scale(context, builtIn.definition("io.k8s.api.autoscaling.v1.Scale"));
    TokenRequests tokenRequests =
        new TokenRequests(
            context,
            served.registry(),
            tokens,
            builtIn.definition("io.k8s.api.authentication.v1.TokenRequest"));
    Eviction eviction =
        new Eviction(
            context,
            builtIn.definition("io.k8s.api.policy.v1.Eviction"),
            served.v1("policy", "poddisruptionbudgets"));
    Map<String, VerbHandler> parts =
        new HashMap<>(
            Connections.handlers(
                context,
                authorizer,
                served.v1("", "nodes"),
                served.v1("", "pods"),
                served.v1("discovery.k8s.io", "endpointslices")));
    parts.put("token:create", tokenRequests::create);
    parts.put("scale:get", scale::get);
    parts.put("scale:update", scale::update);
    parts.put("scale:patch", scale::patch);
    parts.put("binding:create", bindings()::ofPod);
    parts.put("eviction:create", eviction::create);
    return parts;
  }

  private PodBinding bindings() {
    return new PodBinding(
        context, builtIn.definition("io.k8s.api.core.v1.Binding"), served.v1("", "pods"));
  }

  private Map<String, VerbHandler> virtual() {
    Reviews reviews = new Reviews(context, authenticator, authorizer);
    return Map.of(
        "bindings", bindings()::create,
        "selfsubjectreviews.authentication.k8s.io", reviews::self,
        "selfsubjectaccessreviews.authorization.k8s.io", reviews::access,
        "selfsubjectrulesreviews.authorization.k8s.io", reviews::rules,
        "subjectaccessreviews.authorization.k8s.io", reviews::othersAccess,
        "localsubjectaccessreviews.authorization.k8s.io", reviews::othersAccessHere,
        "tokenreviews.authentication.k8s.io", reviews::token);
  }
}
