package dev.pintle.kube.plugin;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The admission plugin NamespaceAutoProvision: a namespace in which something is made is made, too.
public final class NamespaceAutoProvision implements Admission {
  private final Supplier<ResourceType> namespaces;
  private final Consumer<String> maker;

  /// @param maker of a namespace of this name, where there is none; may wait
  public NamespaceAutoProvision(Supplier<ResourceType> namespaces, Consumer<String> maker) {
    this.namespaces = namespaces;
    this.maker = maker;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    String namespace = request.namespace();
    if (request.action() == Action.CREATE
        && !request.dryRun()
        && !namespace.isEmpty()
        && view.find(namespaces.get(), "", namespace) == null) {
      maker.accept(namespace);
    }
  }
}
