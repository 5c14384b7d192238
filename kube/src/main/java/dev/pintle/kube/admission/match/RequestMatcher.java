package dev.pintle.kube.admission.match;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.expression.ReviewedRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.store.ObjectView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The judge of whether criteria are about a request, and in which form.
public final class RequestMatcher {
  private final Supplier<ResourceType> namespaces;
  private final EquivalentResources equivalents;

  /// @param namespaces the resource of namespaces
  public RequestMatcher(Supplier<ResourceType> namespaces, EquivalentResources equivalents) {
    this.namespaces = namespaces;
    this.equivalents = equivalents;
  }

  /// The form in which the request matches; null when it does not.
  ///
  /// @throws dev.pintle.kube.status.StatusError 404 when it would, and its namespace, which a selector asks for, is not there
  public @Nullable MatchedKind match(
      MatchCriteria criteria, AdmissionRequest request, ObjectView view) {
    ResourceType as = ruled(criteria, request);
    // Rules are asked first, although upstream asks them last: they say no at the least cost.
    return as != null && isSelected(criteria, request) && isInNamespace(criteria, request, view)
        ? MatchedKind.sent(as, request.subresource())
        : null;
  }

  private @Nullable ResourceType ruled(MatchCriteria criteria, AdmissionRequest request) {
    if (!criteria.excluded().isEmpty()
        && ruled(criteria.excluded(), criteria.equivalent(), request) != null) {
      return null;
    }
    return criteria.everything() && criteria.rules().isEmpty()
        ? request.type()
        : ruled(criteria.rules(), criteria.equivalent(), request);
  }

  private @Nullable ResourceType ruled(
      List<MatchRule> rules, boolean equivalent, AdmissionRequest request) {
    for (MatchRule rule : rules) {
      if (rule.matches(request, request.type())) {
        return request.type();
      }
    }
    if (!equivalent) {
      return null;
    }
    List<ResourceType> others = equivalents.others(request.type());
    for (int i = 0; i < rules.size() && !others.isEmpty(); i++) {
      for (ResourceType other : others) {
        boolean served =
            request.subresource().isEmpty() || other.subresource(request.subresource()) != null;
        if (served && rules.get(i).matches(request, other)) {
          return other;
        }
      }
    }
    return null;
  }

  /// An object is selected as it is or as it would be. What a connection asks for has no labels, and is never.
  private static boolean isSelected(MatchCriteria criteria, AdmissionRequest request) {
    return criteria.objects().isEverything()
        || (request.action() != Action.CONNECT
            && (isSelected(criteria.objects(), request.object())
                || isSelected(criteria.objects(), request.old())));
  }

  private static boolean isSelected(LabelSelector selector, @Nullable JsonObject object) {
    return object != null && selector.matches(labels(object));
  }

  private boolean isInNamespace(MatchCriteria criteria, AdmissionRequest request, ObjectView view) {
    String namespace = ReviewedRequest.namespace(request);
    if (criteria.namespaces().isEverything()
        || (namespace.isEmpty() && !request.type().plural().equals("namespaces"))) {
      return true;
    }
    JsonObject object = request.object();
    Map<String, String> labels =
        object != null
                && request.type().plural().equals("namespaces")
                && request.subresource().isEmpty()
            ? labels(object)
            : view.require(namespaces.get(), "", namespace).labels();
    return criteria.namespaces().matches(labels);
  }

  private static Map<String, String> labels(JsonObject object) {
    Map<String, String> labels = new HashMap<>();
    for (JsonObject.Field label : object.objectOrEmpty("metadata").objectOrEmpty("labels")) {
      if (label.value() instanceof Json.Text(String value)) {
        labels.put(label.name(), value);
      }
    }
    return labels;
  }
}
