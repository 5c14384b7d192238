package dev.pintle.kube.authz;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The authorizers that have a say, in the order in which they are asked, in the form of kube-apiserver's `--authorization-mode`.
public record AuthorizationModes(List<String> names) {
  private static final Set<String> UPSTREAM =
      Set.of("ABAC", "AlwaysAllow", "AlwaysDeny", "Node", "RBAC", "Webhook");
  private static final Set<String> SERVED = Set.of("Node", "RBAC");

  // Behind the sets, which it is checked by.
  public static final AuthorizationModes DEFAULT = new AuthorizationModes(List.of("RBAC"));

  /// @throws IllegalArgumentException in upstream's words where it would refuse them too
  public AuthorizationModes {
    names = List.copyOf(names);
    for (String name : names) {
      if (!UPSTREAM.contains(name)) {
        throw new IllegalArgumentException(
            "authorization-mode \"%s\" is not a valid mode".formatted(name));
      }
      if (!SERVED.contains(name)) {
        throw new IllegalArgumentException(
            "authorization-mode \"%s\" is not served (expected: RBAC, or Node and RBAC)"
                .formatted(name));
      }
    }
    if (!names.contains("RBAC")) {
      throw new IllegalArgumentException("authorization-mode: RBAC is missing");
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "authorization-mode %s has mode specified more than once".formatted(quoted(names)));
    }
  }

  private static String quoted(List<String> names) {
    return "[\"" + String.join("\" \"", names) + "\"]";
  }

  /// @param text names with commas between them
  public static AuthorizationModes of(String text) {
    return new AuthorizationModes(List.of(text.split(",", -1)));
  }

  boolean hasNode() {
    return names.contains("Node");
  }

  boolean nodeIsFirst() {
    return names.getFirst().equals("Node");
  }
}
