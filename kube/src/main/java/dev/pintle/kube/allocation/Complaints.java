package dev.pintle.kube.allocation;

import dev.pintle.kube.admission.Admission.Attempt;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Refusal;
import dev.pintle.kube.status.Refusals;
import dev.pintle.kube.validation.FieldError;
import java.util.ArrayList;
import java.util.List;

/// Refusals of what a service asks for.
final class Complaints {
  private Complaints() {}

  static Refusal refuse(Attempt attempt, List<FieldError> errors) {
    List<Cause> causes = new ArrayList<>();
    errors.forEach(error -> causes.add(new Cause(error.reason(), error.message(), error.field())));
    return Refusals.invalid(attempt.type(), attempt.name(), causes);
  }
}
