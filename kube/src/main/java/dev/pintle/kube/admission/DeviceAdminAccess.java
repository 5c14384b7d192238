package dev.pintle.kube.admission;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The admission step of `adminAccess` in ResourceClaims: access to devices that others use is granted only in namespaces
/// labelled for it.
public final class DeviceAdminAccess implements Admission {
  private static final String LABEL = "resource.kubernetes.io/admin-access";
  private static final String GROUP = "resource.k8s.io";

  private final Supplier<ResourceType> namespaces;

  public DeviceAdminAccess(Supplier<ResourceType> namespaces) {
    this.namespaces = namespaces;
  }

  @Override
  public List<Cause> wrong(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    if (object == null || !request.type().group().equals(GROUP)) {
      return List.of();
    }
    Optional<String> asked = asked(request, object);
    Optional<String> before =
        request.old() == null ? Optional.empty() : asked(request, request.old());
    if (asked.isEmpty() || before.isPresent() || isMarked(request.namespace(), view)) {
      return List.of();
    }
    return List.of(
        new Cause(
            "FieldValueForbidden",
            "Forbidden: admin access to devices requires the `%s: true` label on the containing namespace"
                .formatted(LABEL),
            asked.get()));
  }

  /// The field that asks for it.
  private static Optional<String> asked(AdmissionRequest request, JsonObject object) {
    JsonObject spec = object.object("spec");
    // What was asked for does not change.
    boolean isNew = request.old() == null;
    return switch (request.type().plural() + "/" + request.subresource()) {
      case "resourceclaims/" -> isNew ? asked(spec) : Optional.empty();
      case "resourceclaimtemplates/" ->
          isNew ? asked(spec == null ? null : spec.object("spec")) : Optional.empty();
      case "resourceclaims/status" -> given(object.object("status"));
      default -> Optional.empty();
    };
  }

  private static Optional<String> asked(@Nullable JsonObject spec) {
    JsonArray requests = list(spec, "devices", "requests");
    for (int i = 0; i < requests.size(); i++) {
      if (requests.at(i) instanceof JsonObject request && isAdmin(request.object("exactly"))) {
        return Optional.of("spec.devices.requests[%d].adminAccess".formatted(i));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> given(@Nullable JsonObject status) {
    JsonArray results =
        list(status == null ? null : status.object("allocation"), "devices", "results");
    for (int i = 0; i < results.size(); i++) {
      if (results.at(i) instanceof JsonObject result && isAdmin(result)) {
        return Optional.of("status.allocation.devices.results[%d].adminAccess".formatted(i));
      }
    }
    return Optional.empty();
  }

  private static JsonArray list(@Nullable JsonObject holder, String part, String field) {
    return holder == null ? new JsonArray() : holder.objectOrEmpty(part).arrayOrEmpty(field);
  }

  private static boolean isAdmin(@Nullable JsonObject request) {
    return request != null && Json.Bool.TRUE.equals(request.get("adminAccess"));
  }

  private boolean isMarked(String namespace, ObjectView view) {
    StoredObject found = view.find(namespaces.get(), "", namespace);
    JsonObject labels = found == null ? null : found.tree().objectAt("metadata").object("labels");
    return labels != null && "true".equals(labels.text(LABEL));
  }
}
