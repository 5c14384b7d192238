package dev.pintle.kube.crd;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The admission step that refuses new objects of a definition that is being deleted: their cleanup would never end.
public final class TerminatingDefinitionAdmission implements Admission {
  private final Supplier<ResourceType> definitions;

  /// @param definitions the resource of definitions themselves
  public TerminatingDefinitionAdmission(Supplier<ResourceType> definitions) {
    this.definitions = definitions;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    ResourceType type = request.type();
    if (request.action() != Action.CREATE || !type.isCustom()) {
      return;
    }
    @Nullable StoredObject definition = view.find(definitions.get(), "", type.groupResource());
    if (definition != null && definition.isBeingDeleted()) {
      throw StatusErrors.forbidden(
          type,
          request.name(),
          "create not allowed while custom resource definition is terminating");
    }
  }
}
