package dev.pintle.kube.connection;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.status.StatusErrors;
import java.util.Set;

/// The name in a path that ends in `proxy`: `name`, `name:port` or `scheme:name:port`.
///
/// @param port a number or a port's name; empty for none
record ProxiedName(String name, String port) {
  private static final Set<String> SCHEMES = Set.of("", "http", "https");
  private static final int PARTS_MAX = 3;

  /// @param kind in messages
  /// @throws dev.pintle.kube.status.StatusError with code 400 for anything else
  static ProxiedName parse(String text, String kind) {
    String[] parts = text.split(":", PARTS_MAX + 1);
    String scheme = parts.length == PARTS_MAX ? parts[0] : "";
    String name = parts.length == PARTS_MAX ? parts[1] : parts[0];
    if (parts.length > PARTS_MAX || name.isEmpty() || !SCHEMES.contains(scheme)) {
      throw StatusErrors.badRequest("invalid %s request %s".formatted(kind, GoText.quote(text)));
    }
    return new ProxiedName(name, parts.length == 1 ? "" : parts[parts.length - 1]);
  }
}
