package dev.pintle.kernel.auth;

import dev.pintle.kernel.Bytes;

/// A change of who may do what.
public sealed interface AuthChange {
  /// The beginning of the checks of permissions; needs the user `root` with the role `root`.
  record Enable() implements AuthChange {}

  record Disable() implements AuthChange {}

  /// A new user.
  ///
  /// @param passwordHash empty with `noPassword`
  record UserAdd(Bytes name, Bytes passwordHash, boolean noPassword) implements AuthChange {}

  record UserDelete(Bytes name) implements AuthChange {}

  /// Another password; a user that never has one keeps having none.
  record UserChangePassword(Bytes name, Bytes passwordHash) implements AuthChange {}

  record UserGrantRole(Bytes user, Bytes role) implements AuthChange {}

  record UserRevokeRole(Bytes user, Bytes role) implements AuthChange {}

  record RoleAdd(Bytes name) implements AuthChange {}

  record RoleDelete(Bytes name) implements AuthChange {}

  record RoleGrantPermission(Bytes role, KeyPermission permission) implements AuthChange {}

  record RoleRevokePermission(Bytes role, Bytes key, Bytes end) implements AuthChange {}
}
