package dev.pintle.kube.admission.match;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ConversionFailure;
import dev.pintle.kube.store.ObjectReader;

/// The maker of the form of an object in which a request was matched.
public final class ObjectForms {
  private final TypeRegistry types;
  private final ObjectReader objects;

  public ObjectForms(TypeRegistry types, ObjectReader objects) {
    this.types = types;
    this.objects = objects;
  }

  /// Whether the request was matched in the form in which it was sent.
  public static boolean isSent(AdmissionRequest request, MatchedKind matched) {
    return MatchedKind.sent(request.type(), request.subresource()).kind().equals(matched.kind());
  }

  /// An object of the request in the matched form: itself where it was sent in it.
  ///
  /// @throws dev.pintle.kube.status.StatusError when it cannot be made
  public JsonObject matched(JsonObject object, AdmissionRequest request, MatchedKind matched) {
    return isSent(request, matched) ? object : converted(object, request.type(), other(matched));
  }

  /// The other way round.
  public JsonObject sent(JsonObject object, AdmissionRequest request, MatchedKind matched) {
    return isSent(request, matched) ? object : converted(object, other(matched), request.type());
  }

  private JsonObject converted(JsonObject object, ResourceType from, ResourceType to) {
    try {
      return objects.inForm(object, from, to);
    } catch (ConversionFailure failed) {
      throw StatusErrors.internal(String.valueOf(failed.getMessage()));
    }
  }

  private ResourceType other(MatchedKind matched) {
    ResourceType other = types.current().resource(matched.version(), matched.plural());
    if (other == null) {
      throw StatusErrors.internal(
          "unable to convert to %s, Resource=%s: unknown kind"
              .formatted(matched.version().text(), matched.plural()));
    }
    return other;
  }
}
