package dev.pintle.kube.warning;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.validation.FieldPath;
import java.util.Objects;
import java.util.function.Consumer;

/// The warnings of an object that was found right and is about to be written.
public final class ObjectWarnings {
  private ObjectWarnings() {}

  /// Puts fields in the place of deprecated annotations, which is told: afterwards nobody sees which of them was meant.
  public static void beforeCreate(ResourceType type, JsonObject object, Consumer<String> warnings) {
    if (type.groupResource().equals("pods")) {
      AppArmorAnnotation.apply(object, warnings);
    }
  }

  /// @param warnings takes each
  public static void onCreate(ResourceType type, JsonObject object, Consumer<String> warnings) {
    WorkloadWarnings.onCreate(type.groupResource(), object, warnings);
    onWrite(type, object, warnings);
    String kind = type.groupResource();
    switch (kind) {
      case "pods" -> {
        WorkloadWarnings.hostname(object, warnings);
        PodWarnings.of(FieldPath.ROOT, object, warnings);
      }
      case "ingresses.networking.k8s.io" -> NetworkWarnings.ingressClass(object, warnings);
      case "endpointslices.discovery.k8s.io" -> NetworkWarnings.addressType(object, warnings);
      case "csidrivers.storage.k8s.io" -> StorageWarnings.driver(object, null, warnings);
      case "resourcequotas" -> ClusterWarnings.quota(object, warnings);
      default -> {}
    }
  }

  /// @param subresource empty for the object itself
  public static void onUpdate(
      ResourceType type,
      String subresource,
      JsonObject object,
      JsonObject old,
      Consumer<String> warnings) {
    String kind = type.groupResource();
    if (subresource.equals("status")) {
      NetworkWarnings.status(kind, object, warnings);
      return;
    }
    if (!subresource.isEmpty()) {
      return;
    }
    WorkloadWarnings.onUpdate(kind, object, old, warnings);
    onWrite(type, object, warnings);
    switch (kind) {
      case "csidrivers.storage.k8s.io" -> StorageWarnings.driver(object, old, warnings);
      case "validatingwebhookconfigurations.admissionregistration.k8s.io",
          "mutatingwebhookconfigurations.admissionregistration.k8s.io",
          "validatingadmissionpolicies.admissionregistration.k8s.io",
          "mutatingadmissionpolicies.admissionregistration.k8s.io" ->
          WebhookWarnings.name(object, warnings);
      default -> {}
    }
  }

  /// What is said of new and of changed objects alike.
  private static void onWrite(ResourceType type, JsonObject object, Consumer<String> warnings) {
    switch (type.groupResource()) {
      case "services" -> ServiceWarnings.of(object, warnings);
      case "endpoints" -> NetworkWarnings.endpoints(object, warnings);
      case "endpointslices.discovery.k8s.io" -> NetworkWarnings.slice(object, warnings);
      case "networkpolicies.networking.k8s.io" -> NetworkWarnings.policy(object, warnings);
      case "persistentvolumes" -> StorageWarnings.volume(object, warnings);
      case "persistentvolumeclaims" ->
          StorageWarnings.claim(FieldPath.of("spec"), object.objectOrEmpty("spec"), warnings);
      case "storageclasses.storage.k8s.io" -> StorageWarnings.storageClass(object, warnings);
      case "csistoragecapacities.storage.k8s.io" -> StorageWarnings.capacity(object, warnings);
      case "nodes" -> ClusterWarnings.node(object, warnings);
      case "secrets" -> ClusterWarnings.secret(object, warnings);
      case "runtimeclasses.node.k8s.io" -> ClusterWarnings.runtimeClass(object, warnings);
      case "resourceslices.resource.k8s.io" -> ClusterWarnings.resourceSlice(object, warnings);
      case "validatingwebhookconfigurations.admissionregistration.k8s.io",
          "mutatingwebhookconfigurations.admissionregistration.k8s.io" ->
          WebhookWarnings.rules(object, warnings);
      default -> {}
    }
  }

  /// Whether the server counted the change as one of what the object asks for.
  static boolean isNewGeneration(JsonObject object, JsonObject old) {
    Json now = object.objectOrEmpty("metadata").get("generation");
    return !Objects.equals(now, old.objectOrEmpty("metadata").get("generation"));
  }

  static String shown(FieldPath path, String text) {
    return path + ": " + text;
  }
}
