package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of what nodes can do, and of what their annotations say in place of fields.
final class NodeTraits {
  static final String TAINTS = "scheduler.alpha.kubernetes.io/taints";
  private static final String AVOIDED = "scheduler.alpha.kubernetes.io/preferAvoidPods";
  private static final int FEATURE_BYTES_MAX = 253;
  private static final String NOT_A_FEATURE =
      "must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes";

  private NodeTraits() {}

  /// Sorted, each once.
  static void features(ValidatedObject node) {
    ValidatedObject status = node.childOrEmpty("status");
    FieldPath path = status.path("declaredFeatures");
    List<String> features = status.texts("declaredFeatures");
    for (int i = 0; i < features.size(); i++) {
      String feature = features.get(i);
      String complaint = complaint(feature);
      if (!complaint.isEmpty()) {
        String detail = "invalid feature name %s: %s".formatted(GoText.quote(feature), complaint);
        status.add(FieldError.invalid(path.index(i), Json.of(feature), detail));
      }
      if (i + 1 < features.size()) {
        order(status, path.index(i + 1), feature, features.get(i + 1));
      }
    }
  }

  private static void order(ValidatedObject status, FieldPath path, String one, String next) {
    if (one.equals(next)) {
      status.add(FieldError.duplicate(path, Json.of(next)));
    } else if (one.compareTo(next) > 0) {
      status.add(FieldError.invalid(path, Json.of(next), "list must be sorted alphabetically"));
    }
  }

  private static String complaint(String feature) {
    if (Formats.isLonger(feature, FEATURE_BYTES_MAX)) {
      return "must be no more than %d characters".formatted(FEATURE_BYTES_MAX);
    }
    return isFeature(feature) ? "" : NOT_A_FEATURE;
  }

  private static boolean isFeature(String feature) {
    char before = '/';
    for (int i = 0; i < feature.length(); i++) {
      char c = feature.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z';
      boolean letter = upper || (c >= 'a' && c <= 'z');
      boolean inside = letter || (c >= '0' && c <= '9') || c == '/';
      boolean fits = i == 0 ? upper : before == '/' ? letter : inside;
      if (!fits) {
        return false;
      }
      before = c;
    }
    return before != '/';
  }

  static void swap(ValidatedObject node) {
    ValidatedObject swap = node.childOrEmpty("status").childOrEmpty("nodeInfo").child("swap");
    if (swap != null && swap.has("capacity") && swap.number("capacity") <= 0) {
      node.add(
          FieldError.invalid(
              FieldPath.of("metadata.nodeSwapStatus.capacity"),
              swap.shown("capacity"),
              "must be greater than zero"));
    }
  }

  /// The taints that an annotation has, in text; none when it has none or cannot be read, which is told.
  static JsonArray annotatedTaints(ValidatedObject node) {
    return read(node, TAINTS, "[]v1.Taint") instanceof JsonArray taints ? taints : new JsonArray();
  }

  /// Pods to keep away are those of controllers.
  static void avoidedPods(ValidatedObject node) {
    if (!(read(node, AVOIDED, "v1.AvoidPods") instanceof JsonObject avoided)) {
      return;
    }
    List<JsonObject> entries = avoided.objects("preferAvoidPods");
    FieldPath path = FieldPath.of("metadata.annotations").child(AVOIDED);
    for (int i = 0; i < entries.size(); i++) {
      FieldPath signature = path.index(i).child("PodSignature");
      JsonObject controller = entries.get(i).objectOrEmpty("podSignature").object("podController");
      if (controller == null) {
        node.add(FieldError.required(signature, ""));
      } else if (!controller.isTrue("controller")) {
        node.add(
            FieldError.invalid(
                signature.child("PodController").child("Controller"),
                Json.Bool.FALSE,
                "must point to a controller"));
      }
    }
  }

  private static @Nullable Json read(ValidatedObject node, String annotation, String type) {
    String text = node.childOrEmpty("metadata").map("annotations").textOrEmpty(annotation);
    if (text.isEmpty()) {
      return null;
    }
    AnnotationJson.Reading reading = AnnotationJson.read(text, type);
    if (!reading.complaint().isEmpty()) {
      unread(node, annotation, reading.complaint());
    }
    return reading.value();
  }

  private static void unread(ValidatedObject node, String annotation, String detail) {
    boolean taints = annotation.equals(TAINTS);
    FieldPath path = FieldPath.of("metadata.annotations");
    node.add(
        FieldError.invalid(taints ? path : path.child("AvoidPods"), Json.of(annotation), detail));
  }
}
