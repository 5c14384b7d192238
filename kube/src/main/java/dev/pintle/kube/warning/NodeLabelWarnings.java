package dev.pintle.kube.warning;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The labels of nodes that should not be selected by any more, and where they are looked for.
final class NodeLabelWarnings {
  private static final Map<String, String> DEPRECATED =
      Map.of(
          "beta.kubernetes.io/arch", since("v1.14", "kubernetes.io/arch"),
          "beta.kubernetes.io/os", since("v1.14", "kubernetes.io/os"),
          "failure-domain.beta.kubernetes.io/region",
              since("v1.17", "topology.kubernetes.io/region"),
          "failure-domain.beta.kubernetes.io/zone", since("v1.17", "topology.kubernetes.io/zone"),
          "beta.kubernetes.io/instance-type", since("v1.17", "node.kubernetes.io/instance-type"),
          "app.kubernetes.io/created-by", "deprecated since v1.9",
          "scheduler.alpha.kubernetes.io/preferAvoidPods",
              "deprecated since v1.22; use Taints and Tolerations instead",
          "node-role.kubernetes.io/master",
              "use \"node-role.kubernetes.io/control-plane\" instead");

  private NodeLabelWarnings() {}

  private static String since(String version, String instead) {
    return "deprecated since %s; use \"%s\" instead".formatted(version, instead);
  }

  /// What is said of a label; null of one that is in use.
  static @Nullable String of(String label) {
    return DEPRECATED.get(label);
  }

  /// @param checksValues whether values that no label can have are told too
  static void term(
      FieldPath path, JsonObject term, boolean checksValues, Consumer<String> warnings) {
    List<JsonObject> expressions = term.objects("matchExpressions");
    for (int i = 0; i < expressions.size(); i++) {
      FieldPath place = path.child("matchExpressions").index(i);
      key(place.child("key"), expressions.get(i).textOrEmpty("key"), warnings);
      JsonArray values = expressions.get(i).arrayOrEmpty("values");
      for (int j = 0; checksValues && j < values.size(); j++) {
        if (values.at(j) instanceof Json.Text(var value)) {
          FieldPath spot = place.child("values").index(j);
          Formats.labelValue(value)
              .forEach(wrong ->
                  warnings.accept(ObjectWarnings.shown(spot, value + " is invalid, " + wrong)));
        }
      }
    }
  }

  /// A selector of labels, of which its map is told as if its keys were fields.
  static void selector(FieldPath path, JsonObject selector, Consumer<String> warnings) {
    term(path, selector, false, warnings);
    for (JsonObject.Field label : selector.objectOrEmpty("matchLabels")) {
      String advice = of(label.name());
      if (advice != null) {
        warnings.accept(
            ObjectWarnings.shown(path.child("matchLabels").child(label.name()), advice));
      }
    }
  }

  static void key(FieldPath path, String label, Consumer<String> warnings) {
    String advice = of(label);
    if (advice != null) {
      warnings.accept(ObjectWarnings.shown(path, label + " is " + advice));
    }
  }
}
