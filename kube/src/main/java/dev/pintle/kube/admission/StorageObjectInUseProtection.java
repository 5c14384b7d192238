package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.ObjectView;
import java.util.Map;

/// The admission plugin StorageObjectInUseProtection: claims and volumes get a finalizer, which a controller removes when
/// nobody uses them.
public final class StorageObjectInUseProtection implements Admission {
  private static final Map<String, String> FINALIZERS =
      Map.of(
          "persistentvolumes", "kubernetes.io/pv-protection",
          "persistentvolumeclaims", "kubernetes.io/pvc-protection",
          "volumeattributesclasses.storage.k8s.io", "kubernetes.io/vac-protection");

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    String finalizer = FINALIZERS.get(request.type().groupResource());
    JsonObject object = request.object();
    if (finalizer == null || object == null || request.action() != Action.CREATE) {
      return;
    }
    JsonObject metadata = object.objectAt("metadata");
    JsonArray finalizers = metadata.array("finalizers");
    if (finalizers == null) {
      metadata.set("finalizers", JsonArray.of(Json.of(finalizer)));
      return;
    }
    for (Json given : finalizers) {
      if (given.equals(Json.of(finalizer))) {
        return;
      }
    }
    finalizers.add(Json.of(finalizer));
  }
}
