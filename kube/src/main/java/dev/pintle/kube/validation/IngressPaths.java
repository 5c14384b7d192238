package dev.pintle.kube.validation;

import java.util.List;

/// The paths of a rule of an ingress.
final class IngressPaths {
  private static final List<String> FORBIDDEN = List.of("//", "/./", "/../", "%2f", "%2F");
  private static final List<String> FORBIDDEN_AT_END = List.of("/..", "/.");

  private IngressPaths() {}

  /// @param serviceName the form of names of services
  static void check(ValidatedObject rule, FormatNames.Format serviceName) {
    ValidatedObject http = rule.child("http");
    if (http == null) {
      return;
    }
    if (http.count("paths") == 0) {
      http.required("paths", "");
    }
    for (ValidatedObject path : http.items("paths")) {
      if (path.has("pathType")) {
        path(path);
        IngressBackends.check(path.childOrEmpty("backend"), serviceName);
      } else {
        path.required("pathType", "pathType must be specified");
      }
    }
  }

  private static void path(ValidatedObject path) {
    String text = path.text("path");
    switch (path.text("pathType")) {
      case "Exact", "Prefix" -> {
        absolute(path);
        for (String part : FORBIDDEN) {
          if (text.contains(part)) {
            path.invalid("path", "must not contain '%s'".formatted(part));
          }
        }
        for (String end : FORBIDDEN_AT_END) {
          if (text.endsWith(end)) {
            path.invalid("path", "cannot end with '%s'".formatted(end));
          }
        }
      }
      case "ImplementationSpecific" -> {
        if (!text.isEmpty()) {
          absolute(path);
        }
      }
      default -> path.notSupported("pathType", "Exact", "ImplementationSpecific", "Prefix");
    }
  }

  private static void absolute(ValidatedObject path) {
    if (!path.text("path").startsWith("/")) {
      path.invalidText("path", "must be an absolute path");
    }
  }
}
