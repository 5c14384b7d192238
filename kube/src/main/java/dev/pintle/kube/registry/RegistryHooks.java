package dev.pintle.kube.registry;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.util.function.Supplier;

/// The hooks of a resource that keeps something beside its objects, such as addresses that no two may have: written in the
/// object's own transaction. They are those of kube-apiserver's generic registry store.
public interface RegistryHooks {
  /// Runs before a new or changed object is checked; may change it, refuse it, and add to the transaction of the request.
  void beginWrite(AdmissionRequest request, ObjectView view);

  /// Runs when an object goes from the store, on whatever road; adds to the transaction that deletes it.
  void afterDelete(
      ResourceType type, Supplier<JsonObject> last, ObjectTransaction transaction, ObjectView view);
}
