package dev.pintle.kube.admission.expression;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.List;

/// The request as an AdmissionReview tells it, without its objects.
public final class ReviewedRequest {
  private static final String META = "meta.k8s.io/v1";

  private ReviewedRequest() {}

  /// @param matched the form in which it is looked at
  public static JsonObject of(AdmissionRequest request, MatchedKind matched) {
    MatchedKind sent = MatchedKind.sent(request.type(), request.subresource());
    JsonObject told = new JsonObject();
    told.set("uid", "");
    told.set("kind", kind(matched.kind()));
    told.set("resource", resource(matched));
    put(told, "subResource", request.subresource());
    told.set("requestKind", kind(sent.kind()));
    told.set("requestResource", resource(sent));
    put(told, "requestSubResource", request.subresource());
    put(told, "name", name(request));
    put(told, "namespace", namespace(request));
    told.set("operation", request.action().name());
    told.set("userInfo", user(request.caller()));
    told.set("dryRun", Json.of(request.dryRun()));
    told.set("options", options(request));
    return told;
  }

  /// The name of the object; empty while it is still to be made up.
  public static String name(AdmissionRequest request) {
    JsonObject object = request.object();
    boolean unnamed =
        request.action() == AdmissionRequest.Action.CREATE
            && !request.named()
            && object != null
            && object.objectOrEmpty("metadata").textOrEmpty("name").isEmpty();
    return unnamed ? "" : request.name();
  }

  /// The namespace of a request: upstream takes a namespace to lie in itself.
  public static String namespace(AdmissionRequest request) {
    boolean ofNamespace =
        request.type().group().isEmpty() && request.type().plural().equals("namespaces");
    return ofNamespace ? name(request) : request.namespace();
  }

  private static void put(JsonObject told, String name, String text) {
    if (!text.isEmpty()) {
      told.set(name, text);
    }
  }

  private static JsonObject kind(GroupVersionKind kind) {
    return new JsonObject()
        .set("group", kind.group())
        .set("version", kind.version())
        .set("kind", kind.kind());
  }

  private static JsonObject resource(MatchedKind matched) {
    return new JsonObject()
        .set("group", matched.version().group())
        .set("version", matched.version().version())
        .set("resource", matched.plural());
  }

  private static JsonObject user(UserInfo user) {
    JsonObject told = new JsonObject();
    put(told, "username", user.name());
    put(told, "uid", user.uid());
    if (!user.groups().isEmpty()) {
      told.set("groups", texts(user.groups()));
    }
    if (!user.extra().isEmpty()) {
      JsonObject extra = told.objectAt("extra");
      user.extra().forEach((name, values) -> extra.set(name, texts(values)));
    }
    return told;
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(text -> array.add(Json.of(text)));
    return array;
  }

  private static JsonObject options(AdmissionRequest request) {
    JsonObject options =
        switch (request.options()) {
          case WriteOptions write -> written(request, write);
          case DeleteOptions delete -> deleted(delete);
        };
    if (request.options().dryRun()) {
      options.set("dryRun", texts(List.of("All")));
    }
    return options;
  }

  private static JsonObject written(AdmissionRequest request, WriteOptions write) {
    String kind =
        switch (request.action()) {
          case CREATE, CONNECT -> "CreateOptions";
          case UPDATE -> "UpdateOptions";
          case DELETE -> "DeleteOptions";
        };
    JsonObject options = new JsonObject().set("kind", kind).set("apiVersion", META);
    put(options, "fieldManager", write.fieldManager());
    switch (write.validation()) {
      case IGNORE -> options.set("fieldValidation", "Ignore");
      case STRICT -> options.set("fieldValidation", "Strict");
      // What is not said is as good as this.
      case WARN -> {}
    }
    return options;
  }

  private static JsonObject deleted(DeleteOptions delete) {
    JsonObject options = new JsonObject().set("kind", "DeleteOptions").set("apiVersion", META);
    Long grace = delete.graceSeconds();
    if (grace != null) {
      options.set("gracePeriodSeconds", Json.of(grace));
    }
    String uid = delete.uid();
    String version = delete.resourceVersion();
    if (uid != null) {
      options.objectAt("preconditions").set("uid", uid);
    }
    if (version != null) {
      options.objectAt("preconditions").set("resourceVersion", version);
    }
    Boolean orphan = delete.orphanDependents();
    if (orphan != null) {
      options.set("orphanDependents", Json.of(orphan));
    }
    put(options, "propagationPolicy", delete.propagation());
    return options;
  }
}
