package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthChange;
import dev.pintle.kernel.auth.AuthChangeCodec;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthRole;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.KeyPermission;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The records in [Bucket#META] that keep users, roles and permissions: one of whether they are checked, and one for each user and
/// role. A store whose users nobody ever touched has none.
final class AuthRecords {
  private static final byte[] STATE = key("auth");
  private static final byte[] USERS = key("auth/user/");
  private static final byte[] USERS_END = key("auth/user0");
  private static final byte[] ROLES = key("auth/role/");
  private static final byte[] ROLES_END = key("auth/role0");
  private static final int FORMAT = 1;

  private AuthRecords() {}

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Writes what `change` made of `before`.
  static void write(OrderedKv.Writer out, AuthChange change, AuthImage before, AuthImage after) {
    out.put(Bucket.META, STATE, encode(after));
    switch (change) {
      case AuthChange.Enable _, AuthChange.Disable _ -> {}
      case AuthChange.UserAdd add -> writeUser(out, add.name(), after);
      case AuthChange.UserDelete(Bytes name) -> writeUser(out, name, after);
      case AuthChange.UserChangePassword password -> writeUser(out, password.name(), after);
      case AuthChange.UserGrantRole grant -> writeUser(out, grant.user(), after);
      case AuthChange.UserRevokeRole revoke -> writeUser(out, revoke.user(), after);
      case AuthChange.RoleAdd(Bytes name) -> writeRole(out, name, after);
      case AuthChange.RoleDelete(Bytes name) -> {
        writeRole(out, name, after);
        for (AuthUser user : before.users()) {
          if (user.has(name)) {
            writeUser(out, user.name(), after);
          }
        }
      }
      case AuthChange.RoleGrantPermission grant -> writeRole(out, grant.role(), after);
      case AuthChange.RoleRevokePermission revoke -> writeRole(out, revoke.role(), after);
    }
  }

  /// Writes all of `image` into a store that has nothing of it.
  static void writeAll(OrderedKv.Writer out, AuthImage image) {
    out.put(Bucket.META, STATE, encode(image));
    for (AuthUser user : image.users()) {
      out.put(Bucket.META, named(USERS, user.name()), encode(user));
    }
    for (AuthRole role : image.roles()) {
      out.put(Bucket.META, named(ROLES, role.name()), encode(role));
    }
  }

  private static void writeUser(OrderedKv.Writer out, Bytes name, AuthImage image) {
    byte[] key = named(USERS, name);
    image
        .user(name)
        .ifPresentOrElse(
            user -> out.put(Bucket.META, key, encode(user)), () -> out.delete(Bucket.META, key));
  }

  private static void writeRole(OrderedKv.Writer out, Bytes name, AuthImage image) {
    byte[] key = named(ROLES, name);
    image
        .role(name)
        .ifPresentOrElse(
            role -> out.put(Bucket.META, key, encode(role)), () -> out.delete(Bucket.META, key));
  }

  private static byte[] named(byte[] prefix, Bytes name) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + name.size());
    System.arraycopy(name.array(), 0, key, prefix.length, name.size());
    return key;
  }

  static AuthImage read(OrderedKv.Reader store) {
    byte[] state = store.get(Bucket.META, STATE);
    if (state == null) {
      return AuthImage.INITIAL;
    }
    ByteReader in = reader(state);
    boolean enabled = in.readFlag();
    long revision = in.readVarint();
    long disabledRevision = in.readVarint();
    in.expectEnd();
    List<AuthUser> users = new ArrayList<>();
    store.scan(
        Bucket.META, USERS, USERS_END, (key, value) -> users.add(user(name(key, USERS), value)));
    List<AuthRole> roles = new ArrayList<>();
    store.scan(
        Bucket.META, ROLES, ROLES_END, (key, value) -> roles.add(role(name(key, ROLES), value)));
    return AuthImage.of(enabled, revision, disabledRevision, users, roles);
  }

  private static Bytes name(byte[] key, byte[] prefix) {
    return Bytes.wrap(Arrays.copyOfRange(key, prefix.length, key.length));
  }

  private static ByteReader reader(byte[] value) {
    ByteReader in = new ByteReader(value);
    int format = in.readByte();
    in.expect(format == FORMAT, "auth record format: %d (expected: %d)", format, FORMAT);
    return in;
  }

  private static ByteWriter writer() {
    ByteWriter out = new ByteWriter(0);
    out.writeByte(FORMAT);
    return out;
  }

  private static byte[] encode(AuthImage image) {
    ByteWriter out = writer();
    out.writeByte(image.isEnabled() ? 1 : 0);
    out.writeVarint(image.revision());
    out.writeVarint(image.disabledRevision());
    return out.toByteArray();
  }

  private static byte[] encode(AuthUser user) {
    ByteWriter out = writer();
    out.writeByte(user.noPassword() ? 1 : 0);
    out.writeVarint(user.credentialRevision());
    out.writeSized(user.passwordHash());
    out.writeVarint(user.roles().size());
    user.roles().forEach(out::writeSized);
    return out.toByteArray();
  }

  private static AuthUser user(Bytes name, byte[] value) {
    ByteReader in = reader(value);
    boolean noPassword = in.readFlag();
    long credentialRevision = in.readVarint();
    Bytes passwordHash = in.readSized();
    int count = in.readLength();
    List<Bytes> roles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      roles.add(in.readSized());
    }
    in.expectEnd();
    return new AuthUser(name, passwordHash, noPassword, roles, credentialRevision);
  }

  private static byte[] encode(AuthRole role) {
    ByteWriter out = writer();
    out.writeVarint(role.permissions().size());
    role.permissions().forEach(permission -> AuthChangeCodec.writePermission(permission, out));
    return out.toByteArray();
  }

  private static AuthRole role(Bytes name, byte[] value) {
    ByteReader in = reader(value);
    int count = in.readLength();
    List<KeyPermission> permissions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      permissions.add(AuthChangeCodec.readPermission(in));
    }
    in.expectEnd();
    return new AuthRole(name, permissions);
  }
}
