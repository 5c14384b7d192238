package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.function.Supplier;

/// The admission plugin PersistentVolumeClaimResize: a claim may ask for more only once it is bound, and where its storage
/// class allows expansion.
public final class PersistentVolumeClaimResize implements Admission {
  private static final String FORMER_CLASS = "volume.beta.kubernetes.io/storage-class";

  private final Supplier<ResourceType> classes;

  /// @param classes the resource of storage classes
  public PersistentVolumeClaimResize(Supplier<ResourceType> classes) {
    this.classes = classes;
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject claim = request.object();
    JsonObject old = request.old();
    if (request.action() != Action.UPDATE
        || !request.isOf("", "persistentvolumeclaims")
        || claim == null
        || old == null
        || size(claim).compareTo(size(old)) <= 0) {
      return;
    }
    if (!"Bound".equals(old.objectAt("status").text("phase"))) {
      throw StatusErrors.forbidden(
          request.type(), request.name(), "Only bound persistent volume claims can be expanded");
    }
    String name = className(claim);
    if (!name.equals(className(old)) || !mayGrow(name, view)) {
      throw StatusErrors.forbidden(
          request.type(),
          request.name(),
          "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
    }
  }

  private static Quantity size(JsonObject claim) {
    JsonObject resources = claim.objectAt("spec").object("resources");
    JsonObject requests = resources == null ? null : resources.object("requests");
    return requests != null && requests.get("storage") instanceof Json.Text(String size)
        ? Quantity.parse(size)
        : Quantity.ZERO;
  }

  private static String className(JsonObject claim) {
    JsonObject annotations = claim.objectAt("metadata").object("annotations");
    String former = annotations == null ? null : annotations.text(FORMER_CLASS);
    String name = former == null ? claim.objectAt("spec").text("storageClassName") : former;
    return name == null ? "" : name;
  }

  private boolean mayGrow(String name, ObjectView view) {
    StoredObject found = name.isEmpty() ? null : view.find(classes.get(), "", name);
    return found != null && Json.Bool.TRUE.equals(found.tree().get("allowVolumeExpansion"));
  }
}
