package dev.pintle.kube.warning;

import dev.pintle.kube.certificate.TlsKeyPair;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.validation.FieldPath;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// The warnings of nodes, secrets, quotas, runtime classes and slices of devices.
final class ClusterWarnings {
  private static final List<String> COMPUTE = List.of("cpu", "memory");

  private ClusterWarnings() {}

  static void node(JsonObject node, Consumer<String> warnings) {
    JsonObject spec = node.objectOrEmpty("spec");
    if (spec.object("configSource") != null) {
      warnings.accept("spec.configSource: the feature is removed");
    }
    if (!spec.textOrEmpty("externalID").isEmpty()) {
      warnings.accept("spec.externalID: this field is deprecated, and is unused by Kubernetes");
    }
    AddressWarnings.cidrs(FieldPath.of("spec.podCIDRs"), spec.arrayOrEmpty("podCIDRs"), warnings);
  }

  /// A certificate and its key that no server could use.
  static void secret(JsonObject secret, Consumer<String> warnings) {
    if (secret.textOrEmpty("type").equals("kubernetes.io/tls")) {
      JsonObject data = secret.objectOrEmpty("data");
      TlsKeyPair.complaint(bytes(data, "tls.crt"), bytes(data, "tls.key")).ifPresent(warnings);
    }
  }

  private static byte[] bytes(JsonObject data, String key) {
    return Base64.getDecoder().decode(data.textOrEmpty(key));
  }

  static void quota(JsonObject quota, Consumer<String> warnings) {
    JsonObject hard = quota.objectOrEmpty("spec").objectOrEmpty("hard");
    for (String resource : List.of("cpu", "memory", "storage", "ephemeral-storage")) {
      String requests = "requests." + resource;
      if (hard.text(requests) == null && COMPUTE.contains(resource)) {
        requests = resource;
      }
      String limits = "limits." + resource;
      String asked = hard.text(requests);
      String most = hard.text(limits);
      if (asked != null
          && most != null
          && Quantity.parse(asked).compareTo(Quantity.parse(most)) > 0) {
        warnings.accept(
            "ResourceQuota %s (%s) should be less than %s (%s)"
                .formatted(requests, asked, limits, most));
      }
    }
  }

  static void runtimeClass(JsonObject runtimeClass, Consumer<String> warnings) {
    for (JsonObject.Field label :
        runtimeClass.objectOrEmpty("scheduling").objectOrEmpty("nodeSelector")) {
      String advice = NodeLabelWarnings.of(label.name());
      if (advice != null) {
        warnings.accept("scheduling.nodeSelector: " + advice);
      }
    }
  }

  static void resourceSlice(JsonObject slice, Consumer<String> warnings) {
    String driver = slice.objectOrEmpty("spec").textOrEmpty("driver");
    if (!driver.equals(driver.toLowerCase(Locale.ROOT))) {
      warnings.accept(
          "spec.driver: driver names should be lowercase; \"%s\" contains uppercase characters"
              .formatted(driver));
    }
  }
}
