package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of metrics that an autoscaler looks at.
final class MetricRules {
  private static final String[] TYPES = {
    "ContainerResource", "External", "Object", "Pods", "Resource"
  };

  /// The fields that hold a source, in the order in which the API looks.
  private static final List<String> SOURCES =
      List.of("object", "external", "pods", "resource", "containerResource");

  private static final Map<String, String> SOURCE_OF_TYPE =
      Map.of(
          "Object", "object",
          "External", "external",
          "Pods", "pods",
          "Resource", "resource",
          "ContainerResource", "containerResource");
  private static final String NO_SHARE_OR_VALUE =
      "must set either a target raw value or a target utilization";
  private static final String SHARE_AND_VALUE =
      "may not set both a target raw value and a target utilization";

  private MetricRules() {}

  static void check(ValidatedObject spec) {
    boolean anyVersion = hadBadVersion(spec.old());
    boolean tellsOfNothing = true;
    for (ValidatedObject metric : spec.items("metrics")) {
      metric(metric, anyVersion);
      String type = metric.text("type");
      tellsOfNothing &= !type.equals("Object") && !type.equals("External");
    }
    if (spec.has("minReplicas") && spec.number("minReplicas") == 0 && tellsOfNothing) {
      spec.forbidden(
          "metrics",
          "must specify at least one Object or External metric to support scaling to zero replicas");
    }
  }

  private static boolean hadBadVersion(@Nullable JsonObject old) {
    if (old == null) {
      return false;
    }
    for (JsonObject metric : old.objects("metrics")) {
      JsonObject object = metric.object("object");
      if (metric.textOrEmpty("type").equals("Object")
          && object != null
          && AutoscalerRules.versionComplaint(
                  object.objectOrEmpty("describedObject").textOrEmpty("apiVersion"), true)
              != null) {
        return true;
      }
    }
    return false;
  }

  private static void metric(ValidatedObject metric, boolean anyVersion) {
    String type = metric.text("type");
    String expected = SOURCE_OF_TYPE.get(type);
    if (type.isEmpty()) {
      metric.required("type", "must specify a metric source type");
    }
    if (expected == null) {
      metric.notSupported("type", TYPES);
    }
    List<String> present = new ArrayList<>(SOURCES);
    present.removeIf(source -> metric.child(source) == null);
    if (!present.isEmpty()) {
      source(metric.childOrEmpty(present.getFirst()), present.getFirst(), anyVersion);
    }
    if (expected != null && !present.contains(expected)) {
      metric.required(expected, "must populate information for the given metric source");
    }
    if (present.size() > 1) {
      for (String source : present) {
        if (!source.equals(expected)) {
          metric.forbidden(source, "must populate the given metric source only");
        }
      }
    }
  }

  private static void source(ValidatedObject source, String kind, boolean anyVersion) {
    switch (kind) {
      case "object" -> object(source, anyVersion);
      case "external" -> external(source);
      case "pods" -> pods(source);
      case "resource" -> resource(source);
      default -> resourceOfContainer(source);
    }
  }

  private static void object(ValidatedObject source, boolean anyVersion) {
    ValidatedObject described = source.childOrEmpty("describedObject");
    AutoscalerRules.names(described);
    String complaint = AutoscalerRules.versionComplaint(described.text("apiVersion"), true);
    if (complaint != null && !anyVersion) {
      described.invalidText("apiVersion", complaint);
    }
    identifier(source);
    ValidatedObject target = target(source);
    if (!target.has("value") && !target.has("averageValue")) {
      target.required("averageValue", "must set either a target value or averageValue");
    }
  }

  private static void external(ValidatedObject source) {
    identifier(source);
    ValidatedObject target = target(source);
    boolean whole = target.has("value");
    boolean average = target.has("averageValue");
    if (!whole && !average) {
      target.required(
          "averageValue", "must set either a target value for metric or a per-pod target");
    } else if (whole && average) {
      target.forbidden("value", "may not set both a target value for metric and a per-pod target");
    }
  }

  private static void pods(ValidatedObject source) {
    identifier(source);
    ValidatedObject target = target(source);
    if (!target.has("averageValue")) {
      target.required("averageValue", "must specify a positive target averageValue");
    }
  }

  private static void resource(ValidatedObject source) {
    if (source.text("name").isEmpty()) {
      source.required("name", "must specify a resource name");
    }
    shareOrValue(target(source));
  }

  private static void resourceOfContainer(ValidatedObject source) {
    String name = source.text("name");
    if (name.isEmpty()) {
      source.required("name", "must specify a resource name");
    } else {
      ResourceNameRules.checkNameOfContainer(name, source.path("name"), source);
    }
    if (source.text("container").isEmpty()) {
      source.required("container", "must specify a container");
    } else {
      source.invalid("container", Formats.dns1123Label(source.text("container")));
    }
    shareOrValue(target(source));
  }

  private static void shareOrValue(ValidatedObject target) {
    boolean share = target.has("averageUtilization");
    boolean value = target.has("averageValue");
    if (!share && !value) {
      target.required("averageUtilization", NO_SHARE_OR_VALUE);
    } else if (share && value) {
      target.forbidden("averageValue", SHARE_AND_VALUE);
    }
  }

  private static ValidatedObject target(ValidatedObject source) {
    ValidatedObject target = source.childOrEmpty("target");
    switch (target.text("type")) {
      case "Utilization", "Value", "AverageValue" -> {}
      default -> {
        if (target.text("type").isEmpty()) {
          target.required("type", "must specify a metric target type");
        }
        target.invalidWord("type", "must be either Utilization, Value, or AverageValue");
      }
    }
    positive(target, "value");
    positive(target, "averageValue");
    if (target.has("averageUtilization") && target.number("averageUtilization") < 1) {
      target.invalid("averageUtilization", "must be greater than 0");
    }
    return target;
  }

  private static void positive(ValidatedObject target, String field) {
    Quantity amount = ResourceNameRules.quantity(target.value(field));
    if (amount != null && amount.sign() <= 0) {
      target.add(
          FieldError.invalid(target.path(field), Json.of(amount.toString()), "must be positive"));
    }
  }

  private static void identifier(ValidatedObject source) {
    ValidatedObject metric = source.childOrEmpty("metric");
    if (metric.text("name").isEmpty()) {
      metric.required("name", "must specify a metric name");
    } else {
      metric.invalid("name", Formats.pathSegment(metric.text("name")));
    }
  }
}
