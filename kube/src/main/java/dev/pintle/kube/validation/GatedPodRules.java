package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of where a pod that waits behind gates may be told to run: more narrowly than before, never otherwise.
final class GatedPodRules {
  private static final String AFFINITY = "affinity";
  private static final String NODE_AFFINITY = "nodeAffinity";
  private static final String SELECTOR = "nodeSelector";
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String TERMS = "nodeSelectorTerms";
  private static final String TERM_FORM = "NodeSelectorTerm";

  private GatedPodRules() {}

  /// Checks both, and sets them back in `munged` to what they were, for the comparison of all else.
  static void placement(ValidatedObject spec, JsonObject before, JsonObject munged) {
    selector(spec, before);
    restore(munged, SELECTOR, before.get(SELECTOR));
    JsonObject oldNodes = before.objectOrEmpty(AFFINITY).object(NODE_AFFINITY);
    JsonObject nodes = spec.structure().objectOrEmpty(AFFINITY).object(NODE_AFFINITY);
    if (isSame(oldNodes, nodes)) {
      return;
    }
    terms(spec, oldNodes, nodes);
    restoreNodes(munged, before, oldNodes);
  }

  private static void selector(ValidatedObject spec, JsonObject before) {
    JsonObject now = spec.map(SELECTOR);
    for (JsonObject.Field label : before.objectOrEmpty(SELECTOR)) {
      if (!label.value().equals(now.get(label.name()))) {
        spec.add(
            FieldError.invalid(
                spec.path(SELECTOR),
                GoForm.map(spec.structure().object(SELECTOR)),
                "only additions to spec.nodeSelector are allowed (no mutations or deletions)"));
        return;
      }
    }
  }

  private static boolean isSame(@Nullable JsonObject one, @Nullable JsonObject other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return InternalForms.same("NodeAffinity", one, other);
  }

  /// Of what nodes must have, each term may only get more to match.
  private static void terms(
      ValidatedObject spec, @Nullable JsonObject oldNodes, @Nullable JsonObject nodes) {
    List<JsonObject> before = required(oldNodes).objects(TERMS);
    if (before.isEmpty()) {
      return;
    }
    FieldPath path = spec.path(AFFINITY).child(NODE_AFFINITY).child(REQUIRED).child(TERMS);
    List<JsonObject> now = required(nodes).objects(TERMS);
    if (before.size() != now.size()) {
      JsonArray list = required(nodes).array(TERMS);
      Json shown = list == null ? Json.NULL : InternalForms.items(TERM_FORM, list);
      String detail = "no additions/deletions to non-empty NodeSelectorTerms list are allowed";
      spec.add(FieldError.invalid(path, shown, detail));
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!hasOnlyMore(now.get(i), before.get(i))) {
        Json shown = InternalForms.of(TERM_FORM, now.get(i));
        String detail = "only additions are allowed (no mutations or deletions)";
        spec.add(FieldError.invalid(path.index(i), shown, detail));
      }
    }
  }

  private static JsonObject required(@Nullable JsonObject nodes) {
    return nodes == null ? new JsonObject() : nodes.objectOrEmpty(REQUIRED);
  }

  /// A term that matches nothing stays so: with more it would match something.
  private static boolean hasOnlyMore(JsonObject now, JsonObject before) {
    List<JsonObject> expressions = before.objects("matchExpressions");
    List<JsonObject> fields = before.objects("matchFields");
    List<JsonObject> expressionsNow = now.objects("matchExpressions");
    List<JsonObject> fieldsNow = now.objects("matchFields");
    if (expressions.isEmpty() && fields.isEmpty()) {
      return expressionsNow.isEmpty() && fieldsNow.isEmpty();
    }
    return beginsWith(expressionsNow, expressions) && beginsWith(fieldsNow, fields);
  }

  private static boolean beginsWith(List<JsonObject> now, List<JsonObject> before) {
    if (now.size() < before.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!InternalForms.same("NodeSelectorRequirement", now.get(i), before.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static void restoreNodes(
      JsonObject munged, JsonObject before, @Nullable JsonObject oldNodes) {
    JsonObject affinity = munged.object(AFFINITY);
    if (affinity == null) {
      affinity = new JsonObject();
      munged.set(AFFINITY, affinity);
    }
    restore(affinity, NODE_AFFINITY, oldNodes);
    boolean isOfNodesOnly =
        affinity.object("podAffinity") == null && affinity.object("podAntiAffinity") == null;
    if (before.object(AFFINITY) == null && isOfNodesOnly) {
      munged.remove(AFFINITY);
    }
  }

  private static void restore(JsonObject now, String field, @Nullable Json value) {
    if (value == null) {
      now.remove(field);
    } else {
      now.set(field, value.copy());
    }
  }
}
