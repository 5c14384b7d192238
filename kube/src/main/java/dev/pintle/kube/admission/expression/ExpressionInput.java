package dev.pintle.kube.admission.expression;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.authz.Decision;
import dev.pintle.kube.cel.AdmissionAuthorizer;
import dev.pintle.kube.cel.AdmissionInput;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.store.ObjectView;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The maker of what expressions see of one request.
///
/// @param authorizer whom they ask about rights
/// @param shapes finds what objects of a built-in kind are made of, null for a kind that is not known
public record ExpressionInput(
    Authorizer authorizer, Function<GroupVersionKind, @Nullable SchemaNode> shapes) {
  private static final GroupVersionKind NAMESPACE = GroupVersionKind.of("v1", "Namespace");

  /// One object as it is looked at.
  ///
  /// @param matched the form of `object` and `old`
  /// @param object as it would be; null for a delete
  /// @param old as it is; null for a create
  /// @param typed whether what they are made of is known, as of built-in kinds
  public record Subject(
      AdmissionRequest request,
      MatchedKind matched,
      @Nullable JsonObject object,
      @Nullable JsonObject old,
      boolean typed) {
    public Subject(
        AdmissionRequest request,
        MatchedKind matched,
        @Nullable JsonObject object,
        @Nullable JsonObject old) {
      this(request, matched, object, old, !request.type().isCustom());
    }

    /// The same, looked at as if nothing were known of its kind.
    public Subject untyped() {
      return new Subject(request, matched, object, old, false);
    }
  }

  /// One object with parameters.
  ///
  /// @param object null when there are none
  /// @param shape what it is made of; null for a custom resource, of which nothing is known
  public record Params(@Nullable JsonObject object, @Nullable SchemaNode shape) {
    public static final Params NONE = new Params(null, null);

    /// @param type of the object; null when there is none
    public static Params of(@Nullable JsonObject object, @Nullable ResourceType type) {
      return new Params(object, type == null || type.isCustom() ? null : type.schema());
    }
  }

  /// What conditions see.
  ///
  /// @param view the store, for who may do what
  public AdmissionInput ofConditions(Subject subject, Params params, ObjectView view) {
    AdmissionRequest request = subject.request();
    // Of a namespace they are told nothing.
    MatchedKind sent = MatchedKind.sent(request.type(), request.subresource());
    // Conditions are told of the resource that was sent, and of the kind that was matched.
    MatchedKind told = new MatchedKind(subject.matched().kind(), sent.version(), sent.plural());
    return asking(input(subject, ReviewedRequest.of(request, told), params, null), request, view);
  }

  /// What an expression sees that cannot ask about rights.
  ///
  /// @param told of the request, as [ReviewedRequest] makes it
  public AdmissionInput input(
      Subject subject, JsonObject told, Params params, @Nullable JsonObject namespace) {
    // Of the request itself they see no objects, although it has places for them.
    told.set("object", Json.NULL).set("oldObject", Json.NULL);
    return new AdmissionInput(
        new AdmissionInput.Shapes(
            subject.typed() ? shape(subject.matched().kind()) : null,
            params.shape(),
            shape(NAMESPACE)),
        subject.object(),
        subject.old(),
        told,
        params.object(),
        namespace);
  }

  private SchemaNode shape(GroupVersionKind kind) {
    SchemaNode shape = shapes.apply(kind);
    return shape == null ? SchemaNode.of() : shape;
  }

  /// The same, and it can.
  public AdmissionInput asking(AdmissionInput input, AdmissionRequest request, ObjectView view) {
    AdmissionAuthorizer judge =
        (user, asked) -> {
          Decision decision = authorizer.decide(user, asked, () -> view);
          return new AdmissionAuthorizer.Verdict(decision.allowed(), decision.reason());
        };
    AdmissionInput.Target target =
        new AdmissionInput.Target(
            request.type().group(),
            request.type().plural(),
            request.subresource(),
            ReviewedRequest.namespace(request),
            ReviewedRequest.name(request));
    return input.asking(judge, request.caller(), target);
  }
}
