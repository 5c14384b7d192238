package dev.pintle.kube.admission;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The admission plugin DenyServiceExternalIPs: services get no external addresses that they do not have.
public final class DenyServiceExternalIps implements Admission {
  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject service = request.object();
    if (service == null || !request.isOf("", "services")) {
      return;
    }
    JsonObject old = request.old();
    Set<String> had = old == null ? Set.of() : new HashSet<>(addresses(old));
    if (!had.containsAll(addresses(service))) {
      throw StatusErrors.forbidden(
          request.type(), request.name(), "Use of external IPs is denied by admission control");
    }
  }

  private static List<String> addresses(JsonObject service) {
    return service.objectOrEmpty("spec").texts("externalIPs");
  }
}
