package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The admission plugin NamespaceLifecycle: nothing is created in a namespace that does not exist or is terminating, and
/// some namespaces cannot be deleted.
public final class NamespaceLifecycle implements Admission {
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  private final Supplier<ResourceType> namespaces;
  private final Supplier<ObjectView> views;

  /// @param views the store as it is now
  public NamespaceLifecycle(Supplier<ResourceType> namespaces, Supplier<ObjectView> views) {
    this.namespaces = namespaces;
    this.views = views;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    ResourceType type = request.type();
    boolean isNamespace = type.group().isEmpty() && type.plural().equals("namespaces");
    if (isNamespace && request.action() == Action.DELETE && IMMORTAL.contains(request.name())) {
      throw StatusErrors.forbidden(type, request.name(), "this namespace may not be deleted");
    }
    if (request.action() == Action.CREATE && type.namespaced() && !request.namespace().isEmpty()) {
      ObjectView now = view;
      StoredObject namespace = now.find(namespaces.get(), "", request.namespace());
      if (namespace == null) {
        // A plugin before this one may have made it.
        now = views.get();
        namespace = now.require(namespaces.get(), "", request.namespace());
      }
      if (namespace.isBeingDeleted()) {
        throw terminating(request);
      }
      // What follows may take long, and nobody would ever empty a namespace that is no more.
      request.transaction().createdAt(namespace.key(), now.createRevision(namespace.key()));
    }
  }

  /// Looks once more where somebody was asked, who may have taken long.
  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    if (request.notes().asked() > 0
        && request.action() == Action.CREATE
        && request.type().namespaced()
        && !request.namespace().isEmpty()) {
      StoredObject namespace = view.find(namespaces.get(), "", request.namespace());
      if (namespace != null && namespace.isBeingDeleted()) {
        throw terminating(request);
      }
    }
  }

  private static StatusError terminating(AdmissionRequest request) {
    ResourceType type = request.type();
    String namespace = request.namespace();
    String why =
        "unable to create new content in namespace %s because it is being terminated"
            .formatted(namespace);
    String message =
        "%s \"%s\" is forbidden: %s".formatted(type.groupResource(), request.name(), why);
    Cause cause =
        new Cause(
            "NamespaceTerminating",
            "namespace %s is being terminated".formatted(namespace),
            "metadata.namespace");
    Details details =
        Details.of(type.group(), type.plural(), request.name()).because(List.of(cause));
    return new StatusError(new Status(403, "Forbidden", message, details));
  }
}
