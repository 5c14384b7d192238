package dev.pintle.kernel.auth;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthChange.RoleGrantPermission;
import dev.pintle.kernel.auth.AuthChange.RoleRevokePermission;
import dev.pintle.kernel.auth.AuthChange.UserAdd;
import dev.pintle.kernel.auth.AuthChange.UserChangePassword;
import dev.pintle.kernel.auth.AuthChange.UserGrantRole;
import dev.pintle.kernel.auth.AuthChange.UserRevokeRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The rules by which users, roles and permissions are changed; those of etcd.
public final class AuthRules {
  private AuthRules() {}

  /// The result of a change.
  public sealed interface Result {}

  /// A change that was made; the same image where there was nothing to do.
  public record Changed(AuthImage image) implements Result {}

  public record NotChanged(AuthRefusal reason) implements Result {}

  public static Result apply(AuthImage before, AuthChange change) {
    return switch (change) {
      case AuthChange.Enable _ -> enable(before);
      case AuthChange.Disable _ -> new Changed(before.isEnabled() ? before.disable() : before);
      case UserAdd add -> add(before, add);
      case AuthChange.UserDelete(Bytes name) -> deleteUser(before, name);
      case UserChangePassword password -> changePassword(before, password);
      case UserGrantRole grant -> grantRole(before, grant);
      case UserRevokeRole revoke -> revokeRole(before, revoke);
      case AuthChange.RoleAdd(Bytes name) -> addRole(before, name);
      case AuthChange.RoleDelete(Bytes name) -> deleteRole(before, name);
      case RoleGrantPermission grant -> grantPermission(before, grant);
      case RoleRevokePermission revoke -> revokePermission(before, revoke);
    };
  }

  private static Result no(AuthRefusal reason) {
    return new NotChanged(reason);
  }

  private static Result enable(AuthImage before) {
    if (before.isEnabled()) {
      return new Changed(before);
    }
    return before
        .user(AuthUser.ROOT)
        .map(root ->
            root.isAdmin() ? new Changed(before.enable()) : no(AuthRefusal.ROOT_ROLE_MISSING))
        .orElseGet(() -> no(AuthRefusal.ROOT_USER_MISSING));
  }

  private static Result add(AuthImage before, UserAdd add) {
    if (add.name().isEmpty()) {
      return no(AuthRefusal.USER_EMPTY);
    }
    if (before.user(add.name()).isPresent()) {
      return no(AuthRefusal.USER_EXISTS);
    }
    return new Changed(
        before.with(
            new AuthUser(
                add.name(),
                add.noPassword() ? Bytes.EMPTY : add.passwordHash(),
                add.noPassword(),
                List.of(),
                before.revision() + 1)));
  }

  private static Result deleteUser(AuthImage before, Bytes name) {
    if (before.isEnabled() && name.equals(AuthUser.ROOT)) {
      return no(AuthRefusal.INVALID_CHANGE);
    }
    return before.user(name).isPresent()
        ? new Changed(before.withoutUser(name))
        : no(AuthRefusal.USER_NOT_FOUND);
  }

  private static Result changePassword(AuthImage before, UserChangePassword change) {
    return before
        .user(change.name())
        .<Result>map(user ->
            new Changed(
                before.with(
                    new AuthUser(
                        user.name(),
                        user.noPassword() ? Bytes.EMPTY : change.passwordHash(),
                        user.noPassword(),
                        user.roles(),
                        before.revision() + 1))))
        .orElseGet(() -> no(AuthRefusal.USER_NOT_FOUND));
  }

  /// A role that the user has already is granted without effect. The role `root` need not exist.
  private static Result grantRole(AuthImage before, UserGrantRole grant) {
    AuthUser user = before.user(grant.user()).orElse(null);
    if (user == null) {
      return no(AuthRefusal.USER_NOT_FOUND);
    }
    if (!grant.role().equals(AuthUser.ROOT) && before.role(grant.role()).isEmpty()) {
      return no(AuthRefusal.ROLE_NOT_FOUND);
    }
    if (user.has(grant.role())) {
      return new Changed(before);
    }
    List<Bytes> roles = new ArrayList<>(user.roles());
    roles.add(grant.role());
    Collections.sort(roles);
    return new Changed(before.with(user.withRoles(roles)));
  }

  private static Result revokeRole(AuthImage before, UserRevokeRole revoke) {
    boolean root = revoke.user().equals(AuthUser.ROOT) && revoke.role().equals(AuthUser.ROOT);
    if (before.isEnabled() && root) {
      return no(AuthRefusal.INVALID_CHANGE);
    }
    AuthUser user = before.user(revoke.user()).orElse(null);
    if (user == null) {
      return no(AuthRefusal.USER_NOT_FOUND);
    }
    List<Bytes> left = user.roles().stream().filter(role -> !role.equals(revoke.role())).toList();
    return left.size() == user.roles().size()
        ? no(AuthRefusal.ROLE_NOT_GRANTED)
        : new Changed(before.with(user.withRoles(left)));
  }

  private static Result addRole(AuthImage before, Bytes name) {
    if (name.isEmpty()) {
      return no(AuthRefusal.ROLE_EMPTY);
    }
    return before.role(name).isPresent()
        ? no(AuthRefusal.ROLE_EXISTS)
        : new Changed(before.with(new AuthRole(name, List.of())));
  }

  private static Result deleteRole(AuthImage before, Bytes name) {
    if (before.isEnabled() && name.equals(AuthUser.ROOT)) {
      return no(AuthRefusal.INVALID_CHANGE);
    }
    return before.role(name).isPresent()
        ? new Changed(before.withoutRole(name))
        : no(AuthRefusal.ROLE_NOT_FOUND);
  }

  private static Result grantPermission(AuthImage before, RoleGrantPermission grant) {
    if (!grant.permission().isValid()) {
      return no(AuthRefusal.INVALID_CHANGE);
    }
    return before
        .role(grant.role())
        .<Result>map(role -> new Changed(before.with(role.with(grant.permission()))))
        .orElseGet(() -> no(AuthRefusal.ROLE_NOT_FOUND));
  }

  private static Result revokePermission(AuthImage before, RoleRevokePermission revoke) {
    AuthRole role = before.role(revoke.role()).orElse(null);
    if (role == null) {
      return no(AuthRefusal.ROLE_NOT_FOUND);
    }
    AuthRole left = role.without(revoke.key(), revoke.end());
    return left.permissions().size() == role.permissions().size()
        ? no(AuthRefusal.PERMISSION_NOT_GRANTED)
        : new Changed(before.with(left));
  }
}
