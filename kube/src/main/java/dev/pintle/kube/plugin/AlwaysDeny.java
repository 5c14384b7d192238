package dev.pintle.kube.plugin;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;

/// The admission plugin AlwaysDeny: nobody may change anything.
public final class AlwaysDeny implements Admission {
  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    throw StatusErrors.forbidden(
        request.type(), request.name(), "admission control is denying all modifications");
  }
}
