package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.request.OperationOptions;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.transaction.ObjectTransaction;
import org.jspecify.annotations.Nullable;

/// A request for a resource: what is asked, by whom, with which body.
///
/// @param contentType of the body, empty when none was named
/// @param userAgent as the client calls itself
/// @param body empty when there is none
/// @param notes takes what admission tells beside its verdict
public record ApiRequest(
    RequestInfo target,
    ResourceType type,
    Query query,
    UserInfo caller,
    String contentType,
    String userAgent,
    Bytes body,
    AdmissionNotes notes) {
  /// What the server calls itself.
  public static final String SERVER = "kube-apiserver";

  /// A request of the server itself.
  public ApiRequest(
      RequestInfo target,
      ResourceType type,
      Query query,
      UserInfo caller,
      String contentType,
      String userAgent,
      Bytes body) {
    this(target, type, query, caller, contentType, userAgent, body, AdmissionNotes.unread());
  }

  public String namespace() {
    return type.namespaced() ? target.namespace() : "";
  }

  public String name() {
    return target.name();
  }

  public String subresource() {
    return target.subresource();
  }

  public ApiRequest withBody(Bytes newBody) {
    return new ApiRequest(target, type, query, caller, contentType, userAgent, newBody, notes);
  }

  /// The deletion of one object on behalf of this request; one of a collection is told as that.
  ApiRequest deletionOf(ResourceType other, String namespace, String name) {
    String verb = target.verb().equals("deletecollection") ? target.verb() : "delete";
    RequestInfo single =
        new RequestInfo(
            verb, target.path(), other.groupVersion(), namespace, other.plural(), name, "", 0);
    return new ApiRequest(single, other, query, caller, "", SERVER, Bytes.EMPTY, notes);
  }

  /// What admission is asked about this request.
  ///
  /// @param name of the object: one that is made may have got it from the server
  /// @param subresource empty for the object itself
  /// @param object as it would be, or the options of a connection; null for a delete
  /// @param old as it is; null for a create
  public AdmissionRequest admission(
      AdmissionRequest.Action action,
      String name,
      String subresource,
      @Nullable JsonObject object,
      @Nullable JsonObject old,
      OperationOptions options,
      ObjectTransaction transaction) {
    String verb =
        switch (action) {
          // What an update or a patch makes is created.
          case CREATE -> "create";
          case CONNECT -> "connect";
          case UPDATE, DELETE -> target.verb();
        };
    boolean made = action == AdmissionRequest.Action.CREATE;
    return new AdmissionRequest(
        action,
        type,
        namespace(),
        name,
        subresource,
        object,
        old,
        options,
        caller,
        !made || !name().isEmpty(),
        transaction,
        verb,
        notes,
        () -> null);
  }
}
