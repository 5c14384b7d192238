package dev.pintle.kube.validation;

import dev.pintle.kube.format.DataKeys;
import dev.pintle.kube.object.Json;
import java.util.List;
import java.util.Map;

/// The rules of probes and hooks of containers.
final class HandlerRules {
  private static final List<String> OF_PROBES = List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> OF_HOOKS = List.of("exec", "httpGet", "tcpSocket", "sleep");
  private static final Map<String, String> TYPES =
      Map.of(
          "exec", "api.core.v1.ExecAction",
          "httpGet", "api.core.v1.HTTPGetAction",
          "tcpSocket", "api.core.v1.TCPSocketAction",
          "grpc", "api.core.v1.GRPCAction");

  private HandlerRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "probeHandler", probe -> handlers(probe, OF_PROBES),
        "portNumberOrName", action -> ServicePorts.numberOrName(action, "port"),
        "httpHeaders", HandlerRules::httpHeaders);
  }

  static void probes(ValidatedObject container) {
    probe(container, "livenessProbe", true);
    probe(container, "readinessProbe", false);
    probe(container, "startupProbe", true);
  }

  private static void probe(ValidatedObject container, String field, boolean onceIsEnough) {
    ValidatedObject probe = container.child(field);
    if (probe == null) {
      return;
    }
    container.check(field, "api.core.v1.Probe");
    if (onceIsEnough && probe.number("successThreshold") != 1) {
      FieldPath path = probe.path("successThreshold");
      probe.add(FieldError.invalid(path, Json.of(probe.number("successThreshold")), "must be 1"));
    }
    if (!onceIsEnough && probe.has("terminationGracePeriodSeconds")) {
      probe.invalid("terminationGracePeriodSeconds", "must not be set for readinessProbes");
    }
  }

  private static int handlers(ValidatedObject place, List<String> kinds) {
    int handlers = 0;
    for (String kind : kinds) {
      if (!place.has(kind)) {
        continue;
      }
      if (++handlers > 1) {
        place.forbidden(kind, "may not specify more than 1 handler type");
      } else if (TYPES.get(kind) instanceof String type) {
        place.check(kind, type);
      }
    }
    if (handlers == 0) {
      place.add(FieldError.required(place.path(), "must specify a handler type"));
    }
    return handlers;
  }

  static void lifecycle(ValidatedObject container, ValidatedObject podSpec) {
    ValidatedObject lifecycle = container.child("lifecycle");
    if (lifecycle == null) {
      return;
    }
    for (String field : List.of("postStart", "preStop")) {
      ValidatedObject hook = lifecycle.child(field);
      if (hook != null) {
        handlers(hook, OF_HOOKS);
        sleep(hook, podSpec);
      }
    }
    if (lifecycle.has("stopSignal") && !podSpec.has("os")) {
      lifecycle.forbidden("stopSignal", "may not be set for containers with empty `spec.os.name`");
    }
  }

  private static void sleep(ValidatedObject hook, ValidatedObject podSpec) {
    ValidatedObject sleep = hook.child("sleep");
    if (sleep == null || !podSpec.has("terminationGracePeriodSeconds")) {
      return;
    }
    long grace = podSpec.number("terminationGracePeriodSeconds");
    long seconds = sleep.number("seconds");
    if (seconds < 0 || seconds > grace) {
      String detail =
          "must be non-negative and less than terminationGracePeriodSeconds (%d)".formatted(grace);
      sleep.add(FieldError.invalid(sleep.path(), Json.of(seconds), detail));
    }
  }

  private static void httpHeaders(ValidatedObject action) {
    for (ValidatedObject header : action.items("httpHeaders")) {
      for (String complaint : DataKeys.httpHeader(header.text("name"))) {
        action.add(
            FieldError.invalid(
                action.path("httpHeaders"), Json.of(header.text("name")), complaint));
      }
    }
  }
}
