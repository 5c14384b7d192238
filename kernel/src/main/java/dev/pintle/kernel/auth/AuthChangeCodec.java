package dev.pintle.kernel.auth;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthChange.Disable;
import dev.pintle.kernel.auth.AuthChange.Enable;
import dev.pintle.kernel.auth.AuthChange.RoleAdd;
import dev.pintle.kernel.auth.AuthChange.RoleDelete;
import dev.pintle.kernel.auth.AuthChange.RoleGrantPermission;
import dev.pintle.kernel.auth.AuthChange.RoleRevokePermission;
import dev.pintle.kernel.auth.AuthChange.UserAdd;
import dev.pintle.kernel.auth.AuthChange.UserChangePassword;
import dev.pintle.kernel.auth.AuthChange.UserDelete;
import dev.pintle.kernel.auth.AuthChange.UserGrantRole;
import dev.pintle.kernel.auth.AuthChange.UserRevokeRole;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;

/// Changes of users, roles and permissions as bytes: a byte of kind, and the fields.
public final class AuthChangeCodec {
  private static final int ENABLE = 1;
  private static final int DISABLE = 2;
  private static final int USER_ADD = 3;
  private static final int USER_DELETE = 4;
  private static final int USER_CHANGE_PASSWORD = 5;
  private static final int USER_GRANT_ROLE = 6;
  private static final int USER_REVOKE_ROLE = 7;
  private static final int ROLE_ADD = 8;
  private static final int ROLE_DELETE = 9;
  private static final int ROLE_GRANT_PERMISSION = 10;
  private static final int ROLE_REVOKE_PERMISSION = 11;

  private AuthChangeCodec() {}

  public static void encode(AuthChange change, ByteWriter out) {
    switch (change) {
      case Enable _ -> write(out, ENABLE);
      case Disable _ -> write(out, DISABLE);
      case UserAdd add -> {
        write(out, USER_ADD, add.name(), add.passwordHash());
        out.writeByte(add.noPassword() ? 1 : 0);
      }
      case UserDelete(Bytes name) -> write(out, USER_DELETE, name);
      case UserChangePassword(Bytes name, Bytes hash) ->
          write(out, USER_CHANGE_PASSWORD, name, hash);
      case UserGrantRole(Bytes user, Bytes role) -> write(out, USER_GRANT_ROLE, user, role);
      case UserRevokeRole(Bytes user, Bytes role) -> write(out, USER_REVOKE_ROLE, user, role);
      case RoleAdd(Bytes name) -> write(out, ROLE_ADD, name);
      case RoleDelete(Bytes name) -> write(out, ROLE_DELETE, name);
      case RoleGrantPermission(Bytes role, KeyPermission permission) -> {
        write(out, ROLE_GRANT_PERMISSION, role);
        writePermission(permission, out);
      }
      case RoleRevokePermission(Bytes role, Bytes key, Bytes end) ->
          write(out, ROLE_REVOKE_PERMISSION, role, key, end);
    }
  }

  private static void write(ByteWriter out, int kind, Bytes... fields) {
    out.writeByte(kind);
    for (Bytes field : fields) {
      out.writeSized(field);
    }
  }

  /// Reads one change.
  ///
  /// @throws dev.pintle.kernel.codec.MalformedBytes when it is not one
  public static AuthChange decode(ByteReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case ENABLE -> new Enable();
      case DISABLE -> new Disable();
      case USER_ADD -> new UserAdd(in.readSized(), in.readSized(), in.readFlag());
      case USER_DELETE -> new UserDelete(in.readSized());
      case USER_CHANGE_PASSWORD -> new UserChangePassword(in.readSized(), in.readSized());
      case USER_GRANT_ROLE -> new UserGrantRole(in.readSized(), in.readSized());
      case USER_REVOKE_ROLE -> new UserRevokeRole(in.readSized(), in.readSized());
      case ROLE_ADD -> new RoleAdd(in.readSized());
      case ROLE_DELETE -> new RoleDelete(in.readSized());
      case ROLE_GRANT_PERMISSION -> new RoleGrantPermission(in.readSized(), readPermission(in));
      case ROLE_REVOKE_PERMISSION ->
          new RoleRevokePermission(in.readSized(), in.readSized(), in.readSized());
      default ->
          throw in.malformed(
              "kind of auth change: %d (expected: 1 to %d)", kind, ROLE_REVOKE_PERMISSION);
    };
  }

  public static void writePermission(KeyPermission permission, ByteWriter out) {
    out.writeInt(permission.type());
    out.writeSized(permission.key());
    out.writeSized(permission.end());
  }

  public static KeyPermission readPermission(ByteReader in) {
    return new KeyPermission(in.readInt(), in.readSized(), in.readSized());
  }
}
