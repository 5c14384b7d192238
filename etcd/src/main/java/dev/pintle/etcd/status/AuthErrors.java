package dev.pintle.etcd.status;

import dev.pintle.kernel.auth.AuthRefusal;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;

/// The statuses of what is not allowed, and of changes of users and roles that are not made.
public final class AuthErrors {
  public static final GrpcStatus USER_EMPTY = of(Code.INVALID_ARGUMENT, "user name is empty");
  public static final GrpcStatus USER_NOT_FOUND =
      of(Code.FAILED_PRECONDITION, "user name not found");
  public static final GrpcStatus ROLE_NOT_FOUND =
      of(Code.FAILED_PRECONDITION, "role name not found");
  public static final GrpcStatus PERMISSION_DENIED =
      of(Code.PERMISSION_DENIED, "permission denied");
  public static final GrpcStatus PERMISSION_NOT_GIVEN =
      of(Code.INVALID_ARGUMENT, "permission not given");
  public static final GrpcStatus OLD_REVISION =
      of(Code.INVALID_ARGUMENT, "revision of auth store is old");
  public static final GrpcStatus INVALID_TOKEN = of(Code.UNAUTHENTICATED, "invalid auth token");
  public static final GrpcStatus NOT_ENABLED =
      of(Code.FAILED_PRECONDITION, "authentication is not enabled");
  public static final GrpcStatus FAILED =
      of(Code.INVALID_ARGUMENT, "authentication failed, invalid user ID or password");

  /// etcd ends of such a name.
  public static final GrpcStatus NAME_TOO_LONG =
      of(Code.INVALID_ARGUMENT, "name is longer than 32768 bytes");

  // etcd has no status for these and passes its own words on.
  public static final GrpcStatus NO_PASSWORD_USER =
      new GrpcStatus(
          Code.UNKNOWN, "auth: authentication failed, password was given for no password user");
  public static final GrpcStatus PASSWORD_TOO_LONG =
      new GrpcStatus(Code.UNKNOWN, "bcrypt: password length exceeds 72 bytes");
  public static final GrpcStatus VERIFY_ONLY =
      new GrpcStatus(Code.UNKNOWN, "auth: token signing attempted with verify-only key");

  private static final GrpcStatus ROOT_USER_MISSING =
      of(Code.FAILED_PRECONDITION, "root user does not exist");
  private static final GrpcStatus ROOT_ROLE_MISSING =
      of(Code.FAILED_PRECONDITION, "root user does not have root role");
  private static final GrpcStatus USER_EXISTS =
      of(Code.FAILED_PRECONDITION, "user name already exists");
  private static final GrpcStatus ROLE_EXISTS =
      of(Code.FAILED_PRECONDITION, "role name already exists");
  private static final GrpcStatus ROLE_EMPTY = of(Code.INVALID_ARGUMENT, "role name is empty");
  private static final GrpcStatus ROLE_NOT_GRANTED =
      of(Code.FAILED_PRECONDITION, "role is not granted to the user");
  private static final GrpcStatus PERMISSION_NOT_GRANTED =
      of(Code.FAILED_PRECONDITION, "permission is not granted to the role");
  private static final GrpcStatus INVALID_CHANGE =
      of(Code.INVALID_ARGUMENT, "invalid auth management");

  private AuthErrors() {}

  public static GrpcStatus status(AuthRefusal reason) {
    return switch (reason) {
      case ROOT_USER_MISSING -> ROOT_USER_MISSING;
      case ROOT_ROLE_MISSING -> ROOT_ROLE_MISSING;
      case USER_EXISTS -> USER_EXISTS;
      case USER_EMPTY -> USER_EMPTY;
      case USER_NOT_FOUND -> USER_NOT_FOUND;
      case ROLE_EXISTS -> ROLE_EXISTS;
      case ROLE_NOT_FOUND -> ROLE_NOT_FOUND;
      case ROLE_EMPTY -> ROLE_EMPTY;
      case PERMISSION_DENIED -> PERMISSION_DENIED;
      case ROLE_NOT_GRANTED -> ROLE_NOT_GRANTED;
      case PERMISSION_NOT_GRANTED -> PERMISSION_NOT_GRANTED;
      case INVALID_CHANGE -> INVALID_CHANGE;
      case OLD_REVISION -> OLD_REVISION;
    };
  }

  private static GrpcStatus of(Code code, String text) {
    return new GrpcStatus(code, "etcdserver: " + text);
  }
}
