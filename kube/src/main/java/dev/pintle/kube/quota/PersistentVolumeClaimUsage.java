package dev.pintle.kube.quota;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.Set;
import java.util.TreeSet;

/// The measure of PersistentVolumeClaims: their number and the storage that they ask for, in all and of each storage class.
final class PersistentVolumeClaimUsage implements UsageEvaluator {
  private static final String COUNT = "count/persistentvolumeclaims";
  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String STORAGE = "requests.storage";
  private static final String OF_CLASS = ".storageclass.storage.k8s.io/";
  private static final String FORMER_CLASS = "volume.beta.kubernetes.io/storage-class";
  private static final String SCOPE = "VolumeAttributesClass";

  @Override
  public boolean handles(AdmissionRequest request) {
    return switch (request.subresource()) {
      case "" -> request.action() == Action.CREATE || request.action() == Action.UPDATE;
      case "status" -> request.object() != null && request.old() != null;
      default -> false;
    };
  }

  @Override
  public boolean measures(String name, ObjectView view) {
    return name.equals(COUNT)
        || name.equals(CLAIMS)
        || name.equals(STORAGE)
        || name.endsWith(OF_CLASS + CLAIMS)
        || name.endsWith(OF_CLASS + STORAGE);
  }

  @Override
  public ResourceAmounts usage(JsonObject claim, String namespace, ObjectView view) {
    ResourceAmounts used = ResourceAmounts.none();
    used.values().put(CLAIMS, ObjectCount.ONE);
    used.values().put(COUNT, ObjectCount.ONE);
    String storageClass = storageClass(claim);
    if (!storageClass.isEmpty()) {
      used.values().put(storageClass + OF_CLASS + CLAIMS, ObjectCount.ONE);
    }
    Quantity storage =
        ResourceAmounts.of(claim.objectOrEmpty("spec"), "requests").values().get("storage");
    if (storage != null) {
      Quantity most = atLeast(storage, claim.objectOrEmpty("status"));
      used.values().put(STORAGE, most);
      if (!storageClass.isEmpty()) {
        used.values().put(storageClass + OF_CLASS + STORAGE, most);
      }
    }
    return used;
  }

  /// What was allocated counts until it is given back, in whole bytes.
  private static Quantity atLeast(Quantity asked, JsonObject status) {
    Quantity allocated =
        ResourceAmounts.of(status.object("allocatedResources")).values().get("storage");
    Quantity most = allocated != null && allocated.compareTo(asked) > 0 ? allocated : asked;
    return most.roundedTo(0);
  }

  private static String storageClass(JsonObject claim) {
    JsonObject annotations = claim.objectOrEmpty("metadata").objectOrEmpty("annotations");
    return annotations.get(FORMER_CLASS) instanceof Json.Text(var former)
        ? former
        : claim.objectOrEmpty("spec").textOrEmpty("storageClassName");
  }

  @Override
  public boolean hasScopes() {
    return true;
  }

  @Override
  public boolean matches(QuotaScope scope, JsonObject claim) {
    return scope.name().equals(SCOPE) && scope.selects(attributesClasses(claim));
  }

  private static Set<String> attributesClasses(JsonObject claim) {
    JsonObject status = claim.objectOrEmpty("status");
    Set<String> names = new TreeSet<>();
    names.add(claim.objectOrEmpty("spec").textOrEmpty("volumeAttributesClassName"));
    names.add(status.textOrEmpty("currentVolumeAttributesClassName"));
    names.add(
        status.objectOrEmpty("modifyVolumeStatus").textOrEmpty("targetVolumeAttributesClassName"));
    names.remove("");
    return names;
  }

  @Override
  public boolean isToBeCounted(JsonObject old, JsonObject now, ObjectView view) {
    return UsageEvaluator.super.isToBeCounted(old, now, view)
        || !attributesClasses(old).equals(attributesClasses(now));
  }
}
