package dev.pintle.kube.validation;

import dev.pintle.kube.format.DataKeys;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The rules of classes of ingresses.
final class IngressClassRules {
  private static final int CONTROLLER_BYTES_MAX = 250;

  private IngressClassRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("ingressClass", ingressClass -> spec(ingressClass.childOrEmpty("spec")));
  }

  private static void spec(ValidatedObject spec) {
    if (Formats.bytes(spec.text("controller")) > CONTROLLER_BYTES_MAX) {
      spec.add(FieldError.tooLong(spec.path("controller"), CONTROLLER_BYTES_MAX));
    }
    controller(spec);
    ValidatedObject parameters = spec.child("parameters");
    if (parameters != null) {
      parameters(parameters);
    }
  }

  /// A domain and a path.
  private static void controller(ValidatedObject spec) {
    String name = spec.text("controller");
    int slash = name.indexOf('/');
    FieldPath path = spec.path("controller");
    if (name.isEmpty()) {
      spec.required("controller", "");
    } else if (slash <= 0 || slash == name.length() - 1) {
      spec.invalid("controller", "must be a domain-prefixed path (such as \"acme.io/foo\")");
    } else {
      String domain = name.substring(0, slash);
      String rest = name.substring(slash + 1);
      Formats.dns1123Subdomain(domain)
          .forEach(complaint -> spec.add(FieldError.invalid(path, Json.of(domain), complaint)));
      DataKeys.httpPath(rest)
          .forEach(complaint -> spec.add(FieldError.invalid(path, Json.of(rest), complaint)));
    }
  }

  private static void parameters(ValidatedObject parameters) {
    if (parameters.has("apiGroup")) {
      parameters.invalid("apiGroup", Formats.dns1123Subdomain(parameters.text("apiGroup")));
    }
    List<FieldError> missing = new ArrayList<>(0);
    for (String field : List.of("kind", "name")) {
      // What an update leaves out is told last, what was never there in its place.
      boolean isNew = Immutable.isChanged(parameters, field);
      PathSegments.require(parameters, field, isNew ? missing::add : parameters::add);
    }
    scope(parameters);
    missing.forEach(parameters::add);
  }

  private static void scope(ValidatedObject parameters) {
    if (!parameters.has("scope")) {
      parameters.required("scope", "");
      return;
    }
    boolean named = parameters.has("namespace");
    switch (parameters.text("scope")) {
      case "Cluster" -> {
        if (named) {
          parameters.forbidden("namespace", "`parameters.scope` is set to 'Cluster'");
        }
      }
      case "Namespace" -> {
        if (named) {
          parameters.invalid("namespace", Formats.dns1123Label(parameters.text("namespace")));
        } else {
          parameters.required("namespace", "`parameters.scope` is set to 'Namespace'");
        }
      }
      default -> parameters.notSupported("scope", "Cluster", "Namespace");
    }
  }
}
