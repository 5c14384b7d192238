package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.expression.ExpressionInput;
import dev.pintle.kube.admission.expression.ExpressionInput.Subject;
import dev.pintle.kube.admission.expression.ExpressionTurns;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.expression.ReviewedRequest;
import dev.pintle.kube.admission.match.MatchCriteria;
import dev.pintle.kube.admission.match.ObjectForms;
import dev.pintle.kube.admission.match.RequestMatcher;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The collaborators that all policies of admission share.
///
/// @param types finds the resources of policies and bindings by their plural
/// @param namespaces the resource of namespaces
/// @param schemas finds what objects of a kind look like, null for a kind that is not known
public record PolicyContext(
    Function<String, ResourceType> types,
    ResourceType namespaces,
    RequestMatcher matcher,
    ObjectForms forms,
    Function<GroupVersionKind, @Nullable SchemaNode> schemas,
    PolicyParams params,
    ExpressionInput inputs,
    ExpressionTurns turns) {

  /// The form in which a request matches; null when it does not.
  ///
  /// @throws PolicyFault when that cannot be told
  @Nullable MatchedKind match(MatchCriteria criteria, AdmissionRequest request, ObjectView view) {
    try {
      return matcher.match(criteria, request, view);
    } catch (StatusError unknown) {
      throw new PolicyFault(unknown.status().message());
    }
  }

  /// Whether a binding is about a request that its policy is about.
  ///
  /// @throws PolicyFault when that cannot be told
  boolean isBound(PolicyBinding binding, AdmissionRequest request, ObjectView view) {
    MatchCriteria criteria = binding.criteria();
    return criteria == null || match(criteria, request, view) != null;
  }

  /// The objects of a request as expressions see them.
  ///
  /// @throws PolicyFault when they cannot be converted
  Subject subject(AdmissionRequest request, MatchedKind matched) {
    try {
      return new Subject(
          request,
          matched,
          seen(request.object(), request, matched),
          seen(request.old(), request, matched));
    } catch (StatusError unlike) {
      throw new PolicyFault("failed to convert object version: " + unlike.status().message());
    }
  }

  /// As upstream's structures show it, which have fields that are always written.
  private @Nullable JsonObject seen(
      @Nullable JsonObject object, AdmissionRequest request, MatchedKind matched) {
    if (object == null) {
      return null;
    }
    if (!ObjectForms.isSent(request, matched)) {
      return forms.matched(object, request, matched);
    }
    SchemaNode schema = schemas.apply(matched.kind());
    return schema == null || schema.typeName().isEmpty()
        ? object
        : Canonicalizer.canonical(schema, object.copy());
  }

  /// The namespace of a request's object as it is stored; null when it has none.
  ///
  /// @throws StatusError 404 when it is not there
  @Nullable JsonObject namespace(AdmissionRequest request, ObjectView view) {
    boolean ofNamespace =
        request.type().groupResource().equals("namespaces") && request.subresource().isEmpty();
    String name = ofNamespace ? "" : ReviewedRequest.namespace(request);
    return name.isEmpty() ? null : view.require(namespaces, "", name).tree();
  }
}
