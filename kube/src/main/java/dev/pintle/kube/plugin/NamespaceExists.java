package dev.pintle.kube.plugin;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import java.util.function.Supplier;

/// The admission plugin NamespaceExists: what is written is in a namespace that exists.
public final class NamespaceExists implements Admission {
  private final Supplier<ResourceType> namespaces;

  public NamespaceExists(Supplier<ResourceType> namespaces) {
    this.namespaces = namespaces;
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    if (request.action() != Action.CONNECT && !request.namespace().isEmpty()) {
      view.require(namespaces.get(), "", request.namespace());
    }
  }
}
