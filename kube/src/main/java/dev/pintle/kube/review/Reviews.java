package dev.pintle.kube.review;

import static java.time.format.DateTimeFormatter.ISO_INSTANT;
import static java.time.temporal.ChronoUnit.SECONDS;

import dev.pintle.kube.authn.Authenticator;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.authz.PolicyRule;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.token.TokenVerdict;
import dev.pintle.kube.token.TokenVerdict.Invalid;
import dev.pintle.kube.token.TokenVerdict.Known;
import dev.pintle.kube.token.TokenVerdict.Unknown;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.FieldManagers;
import dev.pintle.kube.verb.RequestBodies;
import dev.pintle.kube.verb.VerbContext;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The reviews of authentication and authorization, which are answered and never stored: SelfSubjectReview, TokenReview,
/// and the access and rules reviews.
public final class Reviews {
  private final VerbContext context;
  private final Authenticator authenticator;
  private final Authorizer authorizer;

  public Reviews(VerbContext context, Authenticator authenticator, Authorizer authorizer) {
    this.context = context;
    this.authenticator = authenticator;
    this.authorizer = authorizer;
  }

  public Answer self(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    JsonObject review = read(request, warnings);
    review.set(
        "metadata",
        new JsonObject()
            .set(
                "creationTimestamp",
                ISO_INSTANT.format(context.clock().instant().truncatedTo(SECONDS))));
    return answer(request, review, new JsonObject().set("userInfo", user(request.caller())));
  }

  public Answer access(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    JsonObject review = read(request, warnings);
    FieldManagers.sign(context, FieldManagers.of(request), review);
    AccessQuestion.require(review, AccessQuestion.About.SELF);
    return decide(request, view, review, request.caller());
  }

  public Answer othersAccess(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    JsonObject review = read(request, warnings);
    FieldManagers.sign(context, FieldManagers.of(request), review);
    AccessQuestion.require(review, AccessQuestion.About.ANYBODY);
    return decide(request, view, review, AccessQuestion.subject(review));
  }

  public Answer othersAccessHere(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    JsonObject review = read(request, warnings);
    requireHere(request, review.objectAt("metadata"));
    FieldManagers.sign(context, FieldManagers.of(request), review);
    AccessQuestion.require(review, AccessQuestion.About.ANYBODY_HERE);
    return decide(request, view, review, AccessQuestion.subject(review));
  }

  private static void requireHere(ApiRequest request, JsonObject metadata) {
    String named = metadata.text("namespace");
    if (named == null || named.isEmpty()) {
      metadata.set("namespace", request.namespace());
    } else if (!named.equals(request.namespace())) {
      throw StatusErrors.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  private Answer decide(ApiRequest request, ObjectView view, JsonObject review, UserInfo subject) {
    var decision = authorizer.decide(subject, AccessQuestion.target(review), () -> view);
    JsonObject status = new JsonObject().set("allowed", Json.of(decision.allowed()));
    if (!decision.reason().isEmpty()) {
      status.set("reason", decision.reason());
    }
    String ignored = AccessQuestion.ignored(review);
    if (!ignored.isEmpty()) {
      status.set("evaluationError", ignored);
    }
    return answer(request, review, status);
  }

  public Answer rules(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    JsonObject review = read(request, warnings);
    String namespace = review.objectAt("spec").text("namespace");
    if (namespace == null || namespace.isEmpty()) {
      throw StatusErrors.badRequest("no namespace on request");
    }
    JsonArray resources = new JsonArray();
    JsonArray paths = new JsonArray();
    Authorizer.Rules held = authorizer.rules(request.caller(), namespace, () -> view);
    for (PolicyRule rule : held.rules()) {
      if (rule.isOfResources()) {
        resources.add(resourceRule(rule));
      }
      if (rule.isOfPaths()) {
        paths.add(
            new JsonObject()
                .set("verbs", texts(rule.verbs()))
                .set("nonResourceURLs", texts(rule.paths())));
      }
    }
    review.set("spec", new JsonObject());
    JsonObject status =
        new JsonObject()
            .set("resourceRules", resources)
            .set("nonResourceRules", paths)
            .set("incomplete", Json.of(held.incomplete()));
    if (!held.problem().isEmpty()) {
      status.set("evaluationError", held.problem());
    }
    return answer(request, review, status);
  }

  private static JsonObject resourceRule(PolicyRule rule) {
    JsonObject shown =
        new JsonObject()
            .set("verbs", texts(rule.verbs()))
            .set("apiGroups", texts(rule.groups()))
            .set("resources", texts(rule.resources()));
    return rule.names().isEmpty() ? shown : shown.set("resourceNames", texts(rule.names()));
  }

  public Answer token(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    JsonObject review = read(request, warnings);
    JsonObject spec = review.objectAt("spec");
    String token = spec.text("token");
    if (token == null || token.isEmpty()) {
      throw StatusErrors.badRequest("token is required for TokenReview in authentication");
    }
    FieldManagers.sign(context, FieldManagers.of(request), review);
    List<String> asked = PolicyRule.texts(spec.array("audiences"));
    List<String> audiences = asked.isEmpty() ? authenticator.audiences() : asked;
    TokenVerdict verdict = authenticator.check(token, audiences, () -> view);
    verdict.annotations().forEach(request.notes()::annotate);
    return answer(request, review, status(verdict));
  }

  private static JsonObject status(TokenVerdict verdict) {
    return switch (verdict) {
      case Known(var caller, var audiences, _, _) ->
          new JsonObject()
              .set("authenticated", Json.of(true))
              .set("user", user(caller))
              .set("audiences", texts(audiences));
      case Unknown _ -> unknown("invalid bearer token");
      case Invalid(var why, _) -> unknown("[invalid bearer token, " + why + "]");
    };
  }

  private static JsonObject unknown(String why) {
    return new JsonObject().set("user", new JsonObject()).set("error", why);
  }

  private static JsonObject user(UserInfo caller) {
    JsonObject user = new JsonObject().set("username", caller.name());
    if (!caller.uid().isEmpty()) {
      user.set("uid", caller.uid());
    }
    user.set("groups", texts(caller.groups()));
    if (!caller.extra().isEmpty()) {
      JsonObject extra = new JsonObject();
      caller.extra().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> extra.set(entry.getKey(), texts(entry.getValue())));
      user.set("extra", extra);
    }
    return user;
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(text -> array.add(Json.of(text)));
    return array;
  }

  private static Answer answer(ApiRequest request, JsonObject review, JsonObject status) {
    return new Answer.Transformed(201, request.type(), review.set("status", status));
  }

  private JsonObject read(ApiRequest request, Consumer<String> warnings) {
    return RequestBodies.read(
        context, request, WriteOptions.parse(request.query(), "CreateOptions"), warnings);
  }
}
