package dev.pintle.kube.allocation;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.validation.FieldError;
import java.util.ArrayList;
import java.util.List;

/// The refusals of addresses and ports that a service asks for.
final class AllocationErrors {
  private AllocationErrors() {}

  static StatusError refuse(AdmissionRequest request, List<FieldError> errors) {
    List<Cause> causes = new ArrayList<>();
    errors.forEach(error -> causes.add(new Cause(error.reason(), error.message(), error.field())));
    return StatusErrors.invalid(request.type(), request.name(), causes);
  }
}
