package dev.pintle.etcd.auth;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.message.PermissionMessage;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.KeyPermission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages of the Auth service; every answer begins with the header.
final class AuthMessages {
  private static final int NAMES = 2;
  private static final int PERMISSIONS = 2;
  private static final int TOKEN = 2;
  private static final int ENABLED = 2;
  private static final int AUTH_REVISION = 3;

  private final HeaderMessage header;

  AuthMessages(HeaderMessage header) {
    this.header = header;
  }

  /// A request that names one user or role.
  static Bytes name(FieldReader in) {
    Bytes name = Bytes.EMPTY;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.text();
        default -> in.skip();
      }
    }
    return name;
  }

  /// A user with a role or a password.
  record Pair(Bytes first, Bytes second) {}

  static Pair pair(FieldReader in) {
    Bytes first = Bytes.EMPTY;
    Bytes second = Bytes.EMPTY;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> first = in.text();
        case 2 -> second = in.text();
        default -> in.skip();
      }
    }
    return new Pair(first, second);
  }

  /// A new user.
  record NewUser(Bytes name, Bytes password, boolean noPassword) {}

  static NewUser newUser(FieldReader in) {
    Bytes name = Bytes.EMPTY;
    Bytes password = Bytes.EMPTY;
    boolean noPassword = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> password = in.text();
        case 3 -> noPassword = flag(in);
        default -> in.skip();
      }
    }
    return new NewUser(name, password, noPassword);
  }

  /// A new password.
  ///
  /// @param hash in base64, where the client has hashed it itself
  record NewPassword(Bytes name, Bytes password, Bytes hash) {}

  static NewPassword newPassword(FieldReader in) {
    Bytes name = Bytes.EMPTY;
    Bytes password = Bytes.EMPTY;
    Bytes hash = Bytes.EMPTY;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> password = in.text();
        case 3 -> hash = in.text();
        default -> in.skip();
      }
    }
    return new NewPassword(name, password, hash);
  }

  private static boolean flag(FieldReader in) {
    FieldReader options = in.message();
    boolean flag = false;
    for (int field = options.next(); field != 0; field = options.next()) {
      switch (field) {
        case 1 -> flag = options.bool();
        default -> options.skip();
      }
    }
    return flag;
  }

  /// The wish to give a role a permission.
  ///
  /// @param permission null when none was given
  record RoleGrant(Bytes role, @Nullable KeyPermission permission) {}

  static RoleGrant roleGrant(FieldReader in) {
    Bytes role = Bytes.EMPTY;
    KeyPermission permission = null;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> role = in.text();
        case 2 -> permission = PermissionMessage.read(in.message());
        default -> in.skip();
      }
    }
    return new RoleGrant(role, permission);
  }

  record RoleRevoke(Bytes role, Bytes key, Bytes end) {}

  static RoleRevoke roleRevoke(FieldReader in) {
    Bytes role = Bytes.EMPTY;
    Bytes key = Bytes.EMPTY;
    Bytes end = Bytes.EMPTY;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> role = in.text();
        case 2 -> key = in.bytes();
        case 3 -> end = in.bytes();
        default -> in.skip();
      }
    }
    return new RoleRevoke(role, key, end);
  }

  ByteBuf empty(ByteBufAllocator allocator, long revision) {
    return header.begin(allocator, revision, 0);
  }

  ByteBuf status(ByteBufAllocator allocator, long revision, boolean enabled, long authRevision) {
    int size = FieldSize.bool(ENABLED, enabled) + FieldSize.int64(AUTH_REVISION, authRevision);
    ByteBuf out = header.begin(allocator, revision, size);
    FieldWriter.bool(out, ENABLED, enabled);
    FieldWriter.int64(out, AUTH_REVISION, authRevision);
    return out;
  }

  ByteBuf token(ByteBufAllocator allocator, long revision, String token) {
    Bytes text = Bytes.utf8(token);
    ByteBuf out = header.begin(allocator, revision, FieldSize.bytes(TOKEN, text));
    FieldWriter.bytes(out, TOKEN, text);
    return out;
  }

  ByteBuf names(ByteBufAllocator allocator, long revision, List<Bytes> names) {
    int size = 0;
    for (Bytes name : names) {
      size += FieldSize.nested(NAMES, name.size());
    }
    ByteBuf out = header.begin(allocator, revision, size);
    for (Bytes name : names) {
      FieldWriter.nested(out, NAMES, name.size());
      out.writeBytes(name.array());
    }
    return out;
  }

  ByteBuf permissions(ByteBufAllocator allocator, long revision, List<KeyPermission> permissions) {
    int size = 0;
    for (KeyPermission permission : permissions) {
      size += FieldSize.nested(PERMISSIONS, PermissionMessage.size(permission));
    }
    ByteBuf out = header.begin(allocator, revision, size);
    for (KeyPermission permission : permissions) {
      FieldWriter.nested(out, PERMISSIONS, PermissionMessage.size(permission));
      PermissionMessage.write(out, permission);
    }
    return out;
  }
}
