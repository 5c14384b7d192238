package dev.pintle.etcd.snapshot;

import dev.pintle.bbolt.BucketContent;
import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.PermissionMessage;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthRole;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.KeyPermission;
import dev.pintle.kernel.codec.MalformedBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The users, roles and permissions of a snapshot, as they are read, and as they are written: in `authUsers` and `authRoles` a message
/// lies under each name, in `auth` the byte of whether anything is checked, and the auth revision.
///
/// etcd does not say when a user was given its password. Read, it counts as given at the newest auth revision.
final class AuthBuckets {
  private static final int NAME = 1;
  private static final int PASSWORD = 2;
  private static final int ROLES = 3;
  private static final int OPTIONS = 4;
  private static final int NO_PASSWORD = 1;
  private static final int PERMISSIONS = 2;

  private static final byte[] OFF = {0};
  private static final byte[] ON = {1};

  private final List<AuthUser> users = new ArrayList<>();
  private final List<AuthRole> roles = new ArrayList<>();
  private boolean enabled;
  private long revision = AuthImage.INITIAL.revision();

  /// Whether `bucket` is one of the three.
  static boolean isOne(byte[] bucket) {
    return Arrays.equals(bucket, EtcdRecords.AUTH)
        || Arrays.equals(bucket, EtcdRecords.AUTH_ROLES)
        || Arrays.equals(bucket, EtcdRecords.AUTH_USERS);
  }

  /// Reads one entry of a bucket that [#isOne].
  ///
  /// @throws MalformedBytes, or a [dev.pintle.etcd.message.MalformedMessage], when it is none
  void take(byte[] bucket, byte[] key, byte[] value) {
    if (Arrays.equals(bucket, EtcdRecords.AUTH_USERS)) {
      users.add(user(key, value));
    } else if (Arrays.equals(bucket, EtcdRecords.AUTH_ROLES)) {
      roles.add(role(key, value));
    } else if (Arrays.equals(key, EtcdRecords.AUTH_ENABLED)) {
      enabled = Arrays.equals(value, ON);
    } else if (Arrays.equals(key, EtcdRecords.AUTH_REVISION)) {
      takeRevision(value);
    }
  }

  private void takeRevision(byte[] value) {
    long told = value.length == Long.BYTES ? ByteBuffer.wrap(value).getLong() : -1;
    if (told < 0) {
      throw new MalformedBytes("auth revision %s".formatted(Bytes.copyOf(value)));
    }
    revision = Math.max(told, AuthImage.INITIAL.revision());
  }

  /// Whether somebody ever made a user or a role, or had anything checked.
  boolean isUsed() {
    return enabled
        || revision > AuthImage.INITIAL.revision()
        || !users.isEmpty()
        || !roles.isEmpty();
  }

  AuthImage image() {
    List<AuthUser> dated =
        users.stream()
            .map(user ->
                new AuthUser(
                    user.name(), user.passwordHash(), user.noPassword(), user.roles(), revision))
            .toList();
    return AuthImage.of(enabled, revision, 0, dated, roles);
  }

  private static AuthUser user(byte[] key, byte[] value) {
    FieldReader in = FieldReader.of(Unpooled.wrappedBuffer(value));
    Bytes name = Bytes.EMPTY;
    Bytes password = Bytes.EMPTY;
    List<Bytes> granted = new ArrayList<>();
    boolean noPassword = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case NAME -> name = in.bytes();
        case PASSWORD -> password = in.bytes();
        case ROLES -> granted.add(in.bytes());
        case OPTIONS -> noPassword = noPassword(in.message());
        default -> in.skip();
      }
    }
    requireUnder(key, name);
    // The order is etcd's too, but nothing in the file vouches for it.
    List<Bytes> ordered = granted.stream().sorted().distinct().toList();
    return new AuthUser(name, noPassword ? Bytes.EMPTY : password, noPassword, ordered, 0);
  }

  private static boolean noPassword(FieldReader in) {
    boolean noPassword = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case NO_PASSWORD -> noPassword = in.bool();
        default -> in.skip();
      }
    }
    return noPassword;
  }

  private static AuthRole role(byte[] key, byte[] value) {
    FieldReader in = FieldReader.of(Unpooled.wrappedBuffer(value));
    Bytes name = Bytes.EMPTY;
    List<KeyPermission> permissions = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case NAME -> name = in.bytes();
        case PERMISSIONS -> permissions.add(PermissionMessage.read(in.message()));
        default -> in.skip();
      }
    }
    requireUnder(key, name);
    permissions.sort(Comparator.comparing(KeyPermission::key));
    return new AuthRole(name, permissions);
  }

  private static void requireUnder(byte[] key, Bytes name) {
    if (!name.equals(Bytes.wrap(key))) {
      throw new MalformedBytes("a message of the name %s".formatted(name));
    }
  }

  /// Tells the three buckets, by their names.
  static void tell(AuthImage image, BucketContent.Entries root) throws IOException {
    root.bucket(EtcdRecords.AUTH, to -> tellState(image, to));
    root.bucket(
        EtcdRecords.AUTH_ROLES,
        to -> {
          for (AuthRole role : image.roles()) {
            to.put(role.name().array(), message(role));
          }
        });
    root.bucket(
        EtcdRecords.AUTH_USERS,
        to -> {
          for (AuthUser user : image.users()) {
            to.put(user.name().array(), message(user));
          }
        });
  }

  /// etcd says whether anything is checked from the first time on that it is.
  private static void tellState(AuthImage image, BucketContent.Entries to) throws IOException {
    if (image.isEnabled() || image.disabledRevision() > 0) {
      to.put(EtcdRecords.AUTH_ENABLED, image.isEnabled() ? ON : OFF);
    }
    to.put(EtcdRecords.AUTH_REVISION, EtcdRecords.number(image.revision()));
  }

  private static byte[] message(AuthUser user) {
    int options = FieldSize.bool(NO_PASSWORD, user.noPassword());
    int size =
        FieldSize.bytes(NAME, user.name())
            + FieldSize.bytes(PASSWORD, user.passwordHash())
            + FieldSize.nested(OPTIONS, options);
    for (Bytes role : user.roles()) {
      size += FieldSize.nested(ROLES, role.size());
    }
    byte[] message = new byte[size];
    ByteBuf out = Unpooled.wrappedBuffer(message).clear();
    FieldWriter.bytes(out, NAME, user.name());
    FieldWriter.bytes(out, PASSWORD, user.passwordHash());
    for (Bytes role : user.roles()) {
      FieldWriter.nested(out, ROLES, role.size());
      out.writeBytes(role.array());
    }
    FieldWriter.nested(out, OPTIONS, options);
    FieldWriter.bool(out, NO_PASSWORD, user.noPassword());
    return message;
  }

  private static byte[] message(AuthRole role) {
    int size = FieldSize.bytes(NAME, role.name());
    for (KeyPermission permission : role.permissions()) {
      size += FieldSize.nested(PERMISSIONS, PermissionMessage.size(permission));
    }
    byte[] message = new byte[size];
    ByteBuf out = Unpooled.wrappedBuffer(message).clear();
    FieldWriter.bytes(out, NAME, role.name());
    for (KeyPermission permission : role.permissions()) {
      FieldWriter.nested(out, PERMISSIONS, PermissionMessage.size(permission));
      PermissionMessage.write(out, permission);
    }
    return message;
  }
}
