package dev.pintle.junit;

import dev.pintle.embed.ClientSettings;
import dev.pintle.embed.PintleServer;
import java.util.List;

/// The user that a client acts for.
///
/// @param user empty for the administrator
record Who(String user, List<String> groups) {
  static final Who ADMINISTRATOR = new Who("", List.of());

  Who {
    groups = List.copyOf(groups);
  }

  static Who of(AsUser told) {
    if (told.value().isBlank()) {
      throw new PintleTestException("@AsUser: a blank name (expected: the name of a user)");
    }
    return new Who(told.value(), List.of(told.groups()));
  }

  boolean isAdministrator() {
    return user.isEmpty();
  }

  ClientSettings settings(PintleServer server) {
    return isAdministrator()
        ? server.clientSettings()
        : server.clientSettings(user, groups.toArray(String[]::new));
  }

  String kubeconfig(PintleServer server) {
    return isAdministrator()
        ? server.kubeconfig()
        : server.kubeconfig(user, groups.toArray(String[]::new));
  }
}
