package dev.pintle.kube.authz;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;

/// A subject of a binding.
///
/// @param kind `User`, `Group` or `ServiceAccount`
/// @param namespace of a service account, else empty
record Subject(String kind, String namespace, String name) {

  /// @param bindingNamespace where the binding lies, empty for one of the whole cluster
  static Subject of(JsonObject json, String bindingNamespace) {
    String kind = json.textOrEmpty("kind");
    String namespace = json.textOrEmpty("namespace");
    boolean account = kind.equals("ServiceAccount");
    return new Subject(
        kind,
        account && namespace.isEmpty() ? bindingNamespace : account ? namespace : "",
        json.textOrEmpty("name"));
  }

  boolean covers(UserInfo caller) {
    return switch (kind) {
      case "User" -> caller.name().equals(name);
      case "Group" -> caller.groups().contains(name);
      case "ServiceAccount" ->
          caller.name().equals(UserInfo.ACCOUNT_PREFIX + namespace + ":" + name);
      default -> false;
    };
  }

  /// As reasons name it.
  @Override
  public String toString() {
    String full = kind.equals("ServiceAccount") ? name + "/" + namespace : name;
    return "%s \"%s\"".formatted(kind, full);
  }
}
