package dev.pintle.junit;

import dev.pintle.embed.ClientSettings;
import dev.pintle.embed.PintleServer;
import java.util.List;

/// The user that a client acts for.
///
/// @param user empty for the administrator
record ActingUser(String user, List<String> groups) {
  static final ActingUser ADMINISTRATOR = new ActingUser("", List.of());

  ActingUser {
    groups = List.copyOf(groups);
  }

  static ActingUser of(AsUser told) {
    if (told.value().isBlank()) {
      throw new PintleTestException("@AsUser: a blank name (expected: the name of a user)");
    }
    return new ActingUser(told.value(), List.of(told.groups()));
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
