package dev.pintle.kernel.keyspace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The key of a record in [OrderedKv.Bucket#REVISIONS]: main revision and sub, big-endian, so that records lie in the order
/// in which they were written.
public final class RevisionKey {
  public static final int SIZE_BYTES = Long.BYTES + Integer.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private RevisionKey() {}

  public static byte[] encode(long main, int sub) {
    byte[] key = new byte[SIZE_BYTES];
    LONG.set(key, 0, main);
    INT.set(key, Long.BYTES, sub);
    return key;
  }

  public static long main(byte[] key) {
    return (long) LONG.get(key, 0);
  }

  public static int sub(byte[] key) {
    return (int) INT.get(key, Long.BYTES);
  }
}
