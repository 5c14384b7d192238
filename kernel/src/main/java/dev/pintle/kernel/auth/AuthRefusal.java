package dev.pintle.kernel.auth;

/// The reasons for which a request is not allowed, or a change of users and roles not made.
public enum AuthRefusal {
  ROOT_USER_MISSING,
  ROOT_ROLE_MISSING,
  USER_EXISTS,
  /// the name of a new user is empty, or nobody said in whose name something is asked for
  USER_EMPTY,
  USER_NOT_FOUND,
  ROLE_EXISTS,
  ROLE_NOT_FOUND,
  ROLE_EMPTY,
  PERMISSION_DENIED,
  ROLE_NOT_GRANTED,
  PERMISSION_NOT_GRANTED,
  /// what would take away the administrator while permissions are checked, or a permission for no range
  INVALID_CHANGE,
  /// users or permissions have changed since it was checked who asks
  OLD_REVISION
}
