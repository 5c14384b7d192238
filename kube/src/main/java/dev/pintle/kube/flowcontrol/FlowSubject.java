package dev.pintle.kube.flowcontrol;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;

/// A subject of a rule: whose requests it is about.
///
/// @param kind `User`, `Group` or `ServiceAccount`
/// @param namespace of a service account
/// @param name `*` for all
record FlowSubject(String kind, String namespace, String name) {
  private static final String ALL = "*";

  static FlowSubject parse(JsonObject subject) {
    String kind = subject.textOrEmpty("kind");
    JsonObject named =
        switch (kind) {
          case "User" -> subject.objectOrEmpty("user");
          case "Group" -> subject.objectOrEmpty("group");
          default -> subject.objectOrEmpty("serviceAccount");
        };
    return new FlowSubject(kind, named.textOrEmpty("namespace"), named.textOrEmpty("name"));
  }

  boolean matches(UserInfo user) {
    return switch (kind) {
      case "User" -> name.equals(ALL) || name.equals(user.name());
      case "Group" -> name.equals(ALL) || user.groups().contains(name);
      case "ServiceAccount" -> isAccount(user.name());
      default -> false;
    };
  }

  private boolean isAccount(String user) {
    String of = UserInfo.ACCOUNT_PREFIX + namespace + ":";
    return user.startsWith(of) && (name.equals(ALL) || user.substring(of.length()).equals(name));
  }
}
