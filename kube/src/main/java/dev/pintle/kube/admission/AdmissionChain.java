package dev.pintle.kube.admission;

import dev.pintle.kube.status.Cause;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;

/// The chain of admission plugins, in upstream's order.
public record AdmissionChain(List<Admission> plugins) {
  public AdmissionChain {
    plugins = List.copyOf(plugins);
  }

  public void mutate(AdmissionRequest request, ObjectView view) {
    for (Admission plugin : plugins) {
      plugin.mutate(request, view);
    }
  }

  public List<Cause> wrong(AdmissionRequest request, ObjectView view) {
    List<Cause> causes = new ArrayList<>(0);
    for (Admission plugin : plugins) {
      causes.addAll(plugin.wrong(request, view));
    }
    return causes;
  }

  public void validate(AdmissionRequest request, ObjectView view) {
    for (Admission plugin : plugins) {
      plugin.validate(request, view);
    }
  }
}
