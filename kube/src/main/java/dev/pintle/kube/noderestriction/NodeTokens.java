package dev.pintle.kube.noderestriction;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;
import java.util.List;
import java.util.function.Supplier;

/// The rules of what a node does with service accounts: get tokens for its pods, for the audiences that the pods want.
final class NodeTokens {
  private final Authorizer authorizer;
  private final Supplier<ResourceType> pods;
  private final TokenAudiences audiences;

  NodeTokens(Authorizer authorizer, Supplier<ResourceType> pods, TokenAudiences audiences) {
    this.authorizer = authorizer;
    this.pods = pods;
    this.audiences = audiences;
  }

  void admit(NodeAttempt attempt) {
    boolean token = attempt.request().subresource().equals("token");
    if (attempt.request().action() != Action.CREATE || !token) {
      return;
    }
    JsonObject spec = attempt.object().objectOrEmpty("spec");
    JsonObject bound = spec.objectOrEmpty("boundObjectRef");
    String name = bound.textOrEmpty("name");
    boolean toPod =
        bound.textOrEmpty("apiVersion").equals("v1") && bound.textOrEmpty("kind").equals("Pod");
    if (!toPod || name.isEmpty()) {
      throw attempt.forbidden("node requested token not bound to a pod");
    }
    String uid = bound.textOrEmpty("uid");
    if (uid.isEmpty()) {
      throw attempt.forbidden("node requested token with a pod binding without a uid");
    }
    StoredObject pod = attempt.require(pods.get(), name);
    if (!uid.equals(pod.uid())) {
      throw attempt.forbidden(
          "the UID in the bound object reference (%s) does not match the UID in record. The object might have been deleted and then recreated"
              .formatted(uid));
    }
    if (!pod.text("spec.nodeName").equals(attempt.node())) {
      throw attempt.forbidden("node requested token bound to a pod scheduled on a different node");
    }
    requireAudience(attempt, spec.texts("audiences"), pod);
  }

  private void requireAudience(NodeAttempt attempt, List<String> asked, StoredObject pod) {
    if (asked.size() > 1) {
      throw attempt.forbidden("node may only request 0 or 1 audiences");
    }
    String audience = asked.isEmpty() ? "" : asked.getFirst();
    TokenAudiences.Search search = audiences.search(attempt, audience, pod.tree());
    if (search.found()) {
      return;
    }
    if (!search.problem().isEmpty()) {
      throw attempt.forbidden(
          "error validating audience %s: %s".formatted(GoText.quote(audience), search.problem()));
    }
    String account = attempt.request().name();
    if (!may(attempt, "request-serviceaccounts-token-audience", audience, account)) {
      throw attempt.forbidden(
          "%s is not authorized to request tokens for audience %s"
              .formatted(attempt.request().caller().name(), GoText.quote(audience)));
    }
  }

  /// Whether a rule gives the node this right, in the group of what it writes.
  boolean may(NodeAttempt attempt, String verb, String resource, String name) {
    RequestInfo target =
        new RequestInfo(
            verb,
            "",
            attempt.request().type().groupVersion(),
            attempt.request().namespace(),
            resource,
            name,
            "",
            0);
    return authorizer.decide(attempt.request().caller(), target, attempt::view).allowed();
  }
}
