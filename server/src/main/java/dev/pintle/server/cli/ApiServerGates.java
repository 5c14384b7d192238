package dev.pintle.server.cli;

import dev.pintle.server.failure.StartException;
import java.util.Map;

/// The check that every feature gate is asked to be what it is: each is as upstream has it by default.
final class ApiServerGates {
  private static final String FLAG = "feature-gates";
  private static final String COMPONENT = "kube:";

  private ApiServerGates() {}

  static void require(ApiServerArguments given) throws StartException {
    Map<String, String> gates = ApiServerFlag.gates();
    for (String each : given.value(FLAG).orElse("").split(",", -1)) {
      String gate = each.strip();
      if (!gate.isEmpty()) {
        require(
            given, gate.startsWith(COMPONENT) ? gate.substring(COMPONENT.length()) : gate, gates);
      }
    }
  }

  private static void require(ApiServerArguments given, String gate, Map<String, String> gates)
      throws StartException {
    int equals = gate.indexOf('=');
    String name = equals < 0 ? gate : gate.substring(0, equals);
    String value = equals < 0 ? "" : gate.substring(equals + 1);
    String usual = gates.get(name);
    if (usual == null) {
      throw given.refusal("unrecognized feature gate: " + name);
    }
    if (equals < 0) {
      throw given.refusal("missing bool value for %s".formatted(name));
    }
    if (!value.equals(usual)) {
      throw given.refusal(
          "--%s: %s=%s: refused: gates are as upstream has them by default (expected: %s)"
              .formatted(FLAG, name, value, usual));
    }
  }
}
