package dev.pintle.etcd.message;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.KeyPermission;
import io.netty.buffer.ByteBuf;

/// The reader and writer of `authpb.Permission`.
public final class PermissionMessage {
  private static final int TYPE = 1;
  private static final int KEY = 2;
  private static final int END = 3;

  private PermissionMessage() {}

  /// @throws MalformedMessage when `in` tells none
  public static KeyPermission read(FieldReader in) {
    int type = KeyPermission.READ;
    Bytes key = Bytes.EMPTY;
    Bytes end = Bytes.EMPTY;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case TYPE -> type = in.int32();
        case KEY -> key = in.bytes();
        case END -> end = in.bytes();
        default -> in.skip();
      }
    }
    return new KeyPermission(type, key, end);
  }

  /// How many bytes [#write] writes.
  public static int size(KeyPermission permission) {
    return FieldSize.int64(TYPE, permission.type())
        + FieldSize.bytes(KEY, permission.key())
        + FieldSize.bytes(END, permission.end());
  }

  public static void write(ByteBuf out, KeyPermission permission) {
    FieldWriter.int64(out, TYPE, permission.type());
    FieldWriter.bytes(out, KEY, permission.key());
    FieldWriter.bytes(out, END, permission.end());
  }
}
