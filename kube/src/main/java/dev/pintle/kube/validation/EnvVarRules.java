package dev.pintle.kube.validation;

import dev.pintle.kube.format.DataKeys;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The environment of a container, and the fields of its pod that may be told to it.
final class EnvVarRules {
  private static final List<String> SOURCES =
      List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
  private static final List<String> FIELDS =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  private static final Set<String> POD_FIELDS =
      Set.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.serviceAccountName",
          "spec.schedulerName",
          "status.phase",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs",
          "spec.host");
  private static final String[] RESOURCES = {
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory"
  };
  private static final Set<String> SIZES =
      Set.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

  private EnvVarRules() {}

  static void check(ValidatedObject container) {
    for (ValidatedObject variable : container.items("env")) {
      String name = variable.text("name");
      if (name.isEmpty()) {
        variable.required("name", "");
      } else {
        variable.invalid("name", DataKeys.environmentName(name));
      }
      ValidatedObject from = variable.child("valueFrom");
      if (from != null) {
        valueFrom(variable, from);
      }
    }
    for (ValidatedObject source : container.items("envFrom")) {
      if (!source.text("prefix").isEmpty()) {
        source.invalid("prefix", DataKeys.environmentName(source.text("prefix")));
      }
      whole(container, source);
    }
  }

  private static void whole(ValidatedObject container, ValidatedObject source) {
    int sources = 0;
    if (source.has("configMapRef")) {
      sources++;
      source.check("configMapRef", "api.core.v1.ConfigMapEnvSource");
    }
    if (source.has("secretRef")) {
      sources++;
      source.check("secretRef", "api.core.v1.SecretEnvSource");
    }
    if (sources != 1) {
      String detail =
          sources == 0
              ? "must specify one of: `configMapRef` or `secretRef`"
              : "may not have more than one field specified at a time";
      container.add(FieldError.invalid(container.path("envFrom"), Json.of(""), detail));
    }
  }

  private static void valueFrom(ValidatedObject variable, ValidatedObject from) {
    int sources = 0;
    for (String source : SOURCES) {
      if (from.has(source)) {
        sources++;
        source(from, source);
      }
    }
    if (sources == 0) {
      refuse(
          from,
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
    } else if (!variable.text("value").isEmpty()) {
      refuse(from, "may not be specified when `value` is not empty");
    } else if (sources > 1) {
      refuse(from, "may not have more than one field specified at a time");
    }
  }

  private static void refuse(ValidatedObject from, String detail) {
    from.add(FieldError.invalid(from.path(), Json.of(""), detail));
  }

  private static void source(ValidatedObject from, String source) {
    switch (source) {
      case "fieldRef" -> podField(from.childOrEmpty(source), FIELDS);
      case "resourceFieldRef" -> resourceField(from.childOrEmpty(source), false);
      case "fileKeyRef" -> fileKey(from.childOrEmpty(source));
      default -> from.check(source, "api.core.v1.SecretKeySelector");
    }
  }

  private static void fileKey(ValidatedObject selector) {
    String key = selector.text("key");
    if (key.isEmpty()) {
      selector.required("key", "");
    } else {
      selector.invalid("key", DataKeys.environmentName(key));
    }
    String volume = selector.text("volumeName");
    if (volume.isEmpty()) {
      selector.required("volumeName", "");
    } else {
      selector.invalid("volumeName", Formats.dns1123Label(volume));
    }
    if (selector.text("path").isEmpty()) {
      selector.required("path", "");
    } else {
      FilePaths.withoutSteps(selector, selector.text("path"), selector.path("path"));
    }
  }

  /// @param fields those that may be told without a subscript, sorted
  static void podField(ValidatedObject selector, List<String> fields) {
    if (selector.text("apiVersion").isEmpty()) {
      selector.required("apiVersion", "");
      return;
    }
    String label = selector.text("fieldPath");
    if (label.isEmpty()) {
      selector.required("fieldPath", "");
      return;
    }
    String complaint = unconvertible(selector.text("apiVersion"), label);
    if (!complaint.isEmpty()) {
      selector.invalid("fieldPath", "error converting fieldPath: " + complaint);
      return;
    }
    int bracket = label.indexOf("['");
    if (bracket >= 0 && label.endsWith("']")) {
      String key = label.substring(bracket + 2, label.length() - 2);
      boolean annotation = label.startsWith("metadata.annotations");
      Labels.checkKey(annotation ? key.toLowerCase(Locale.ROOT) : key, selector.path(), selector);
    } else if (!fields.contains(label)) {
      String path = label.equals("spec.host") ? "spec.nodeName" : label;
      if (!fields.contains(path)) {
        selector.add(FieldError.notSupported(selector.path("fieldPath"), Json.of(path), fields));
      }
    }
  }

  private static String unconvertible(String version, String label) {
    if (!version.equals("v1")) {
      return "unsupported pod version: " + version;
    }
    int bracket = label.indexOf("['");
    if (bracket >= 0 && label.endsWith("']")) {
      String path = label.substring(0, bracket);
      boolean subscripted = path.equals("metadata.annotations") || path.equals("metadata.labels");
      return subscripted ? "" : "field label does not support subscript: " + label;
    }
    return POD_FIELDS.contains(label) ? "" : "field label not supported: " + label;
  }

  /// @param volume whether it must name the container
  static void resourceField(ValidatedObject selector, boolean volume) {
    String resource = selector.text("resource");
    boolean pages =
        resource.startsWith("requests.hugepages-") || resource.startsWith("limits.hugepages-");
    if (volume && selector.text("containerName").isEmpty()) {
      selector.required("containerName", "");
    } else if (resource.isEmpty()) {
      selector.required("resource", "");
    } else if (!pages && !List.of(RESOURCES).contains(resource)) {
      selector.notSupported("resource", RESOURCES);
    }
    divisor(selector, resource);
  }

  private static void divisor(ValidatedObject selector, String resource) {
    var divisor = ResourceNameRules.quantity(selector.value("divisor"));
    if (divisor == null || divisor.sign() == 0) {
      return;
    }
    String kind = resource.substring(resource.indexOf('.') + 1);
    boolean fits =
        kind.equals("cpu")
            ? Set.of("1m", "1").contains(divisor.toString())
            : SIZES.contains(divisor.toString());
    if (fits) {
      return;
    }
    String sizes =
        "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the %s resource";
    String detail =
        switch (kind) {
          case "cpu" -> "only divisor's values 1m and 1 are supported with the cpu resource";
          case "memory" -> sizes.formatted("memory");
          case "ephemeral-storage" -> sizes.formatted("local ephemeral storage");
          default -> kind.startsWith("hugepages-") ? sizes.formatted("hugepages") : "";
        };
    if (!detail.isEmpty()) {
      selector.add(FieldError.invalid(selector.path("divisor"), Json.of(resource), detail));
    }
  }
}
