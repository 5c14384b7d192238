package dev.pintle.kube.quota;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.store.ObjectView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pods for whose extended resources ResourceClaims were made; what such a pod uses already is not counted twice.
interface ClaimPods {
  /// What the pod uses that a claim was made for; nothing for a claim that was made for none, or is not the one of the pod.
  Map<String, Quantity> usage(JsonObject claim, String namespace, ObjectView view);

  /// The same for whoever asks of all claims of a namespace.
  ClaimPods overAll(String namespace, ObjectView view);

  /// The reference to the pod for whose extended resources a claim was made; null when it was not.
  static @Nullable JsonObject podOf(JsonObject claim) {
    JsonObject metadata = claim.objectOrEmpty("metadata");
    String annotation = "resource.kubernetes.io/extended-resource-claim";
    if (!metadata.objectOrEmpty("annotations").textOrEmpty(annotation).equals("true")) {
      return null;
    }
    for (JsonObject owner : metadata.objects("ownerReferences")) {
      if (owner.isTrue("controller")) {
        boolean isPod =
            owner.textOrEmpty("kind").equals("Pod") && owner.textOrEmpty("apiVersion").equals("v1");
        return isPod ? owner : null;
      }
    }
    return null;
  }

  /// Texts of which that of what is older is less.
  static String age(JsonObject claim) {
    JsonObject metadata = claim.objectOrEmpty("metadata");
    return metadata.textOrEmpty("creationTimestamp") + ' ' + metadata.textOrEmpty("name");
  }
}
