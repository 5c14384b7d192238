package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.DerivedObjects;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.function.Supplier;

/// The webhooks of all configurations of one kind, those of each in its order, and configurations by their names.
final class WebhooksInForce {
  private static final String GROUP = "admissionregistration.k8s.io";

  private final DerivedObjects<List<AdmissionWebhook>> configurations;

  /// @param type of the configurations
  WebhooksInForce(Supplier<ResourceType> type) {
    configurations = new DerivedObjects<>(type, "", AdmissionWebhook::of);
  }

  /// Those that may be asked about a request. What decides who is asked decides alone who is: nobody is asked about configurations of
  /// webhooks and policies of admission, lest nobody could ever undo them.
  List<AdmissionWebhook> of(AdmissionRequest request, ObjectView view) {
    List<List<AdmissionWebhook>> known = configurations.of(view);
    if (known.isEmpty() || isOfAdmission(request)) {
      return List.of();
    }
    return known.size() == 1 ? known.getFirst() : known.stream().flatMap(List::stream).toList();
  }

  private static boolean isOfAdmission(AdmissionRequest request) {
    return request.type().group().equals(GROUP)
        && (request.type().plural().endsWith("webhookconfigurations")
            || request.type().plural().endsWith("admissionpolicies")
            || request.type().plural().endsWith("admissionpolicybindings"));
  }
}
