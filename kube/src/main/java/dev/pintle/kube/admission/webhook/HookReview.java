package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.expression.ReviewedRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import org.jspecify.annotations.Nullable;

/// The review that a webhook is sent.
final class HookReview {
  private HookReview() {}

  /// @param object as the webhook is to see it; null for a delete
  /// @param old likewise; null for a create
  static JsonObject of(
      AdmissionRequest request,
      MatchedKind matched,
      String version,
      String uid,
      @Nullable JsonObject object,
      @Nullable JsonObject old) {
    JsonObject told = ReviewedRequest.of(request, matched).set("uid", uid);
    told.set("object", object == null ? Json.NULL : object);
    told.set("oldObject", old == null ? Json.NULL : old);
    if (request.action() == Action.CONNECT) {
      told.set("options", Json.NULL);
    }
    return new JsonObject()
        .set("kind", "AdmissionReview")
        .set("apiVersion", "admission.k8s.io/" + version)
        .set("request", told);
  }

  /// The object with its `managedFields`, which it may get only when it is stored.
  static @Nullable JsonObject owned(AdmissionRequest request, @Nullable JsonObject object) {
    JsonArray owners = object == null ? null : request.owners().get();
    if (object == null || owners == null) {
      return object;
    }
    JsonObject shown = object.copy();
    shown.objectAt("metadata").set("managedFields", owners);
    return shown;
  }
}
