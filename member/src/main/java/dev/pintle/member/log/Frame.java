package dev.pintle.member.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// One batch as it lies in a segment:
///
/// ```
/// 0  length of the payload   int
/// 4  checksum                int   CRC-32C of the segment's salt, of bytes 0-3, and of 8 up to the end of the payload
/// 8  index of first entry    long
/// 16 count of entries        int
/// 20 checksum before         int   of the frame before this one, so that frames form a chain
/// 24 payload: per entry its length as an int, and its bytes
/// ```
///
/// Frames begin at multiples of 8. The salt, which no client knows, keeps a value that looks like a frame from being taken
/// for one.
final class Frame {
  static final int HEADER_BYTES = 24;
  static final int ALIGNMENT_BYTES = 8;
  static final int PAYLOAD_BYTES_MAX = 1 << 30;

  private static final int LENGTH_AT = 0;
  private static final int CHECKSUM_AT = 4;
  private static final int INDEX_AT = 8;
  private static final int COUNT_AT = 16;
  private static final int CHAIN_AT = 20;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Frame() {}

  static long aligned(long position) {
    return (position + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
  }

  /// Fills in the header of the frame in the first `size` bytes of `frame`; answers the checksum.
  static int seal(byte[] frame, int size, long salt, long firstIndex, int count, int chain) {
    INT.set(frame, LENGTH_AT, size - HEADER_BYTES);
    LONG.set(frame, INDEX_AT, firstIndex);
    INT.set(frame, COUNT_AT, count);
    INT.set(frame, CHAIN_AT, chain);
    int checksum = checksum(frame, 0, size, salt);
    INT.set(frame, CHECKSUM_AT, checksum);
    return checksum;
  }

  private static int checksum(byte[] bytes, int at, int size, long salt) {
    byte[] salted = new byte[Long.BYTES + Integer.BYTES];
    LONG.set(salted, 0, salt);
    System.arraycopy(bytes, at + LENGTH_AT, salted, Long.BYTES, Integer.BYTES);
    CRC32C crc = new CRC32C();
    crc.update(salted);
    crc.update(bytes, at + INDEX_AT, size - INDEX_AT);
    return (int) crc.getValue();
  }

  /// True when the bytes at `at` are a whole frame.
  static boolean checksOut(byte[] bytes, int at, long salt) {
    if (bytes.length - at < HEADER_BYTES) {
      return false;
    }
    int length = length(bytes, at);
    return length > 0
        && length <= bytes.length - at - HEADER_BYTES
        && count(bytes, at) > 0
        && checksum(bytes, at, HEADER_BYTES + length, salt) == storedChecksum(bytes, at);
  }

  static int length(byte[] bytes, int at) {
    return (int) INT.get(bytes, at + LENGTH_AT);
  }

  static int storedChecksum(byte[] bytes, int at) {
    return (int) INT.get(bytes, at + CHECKSUM_AT);
  }

  static long firstIndex(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at + INDEX_AT);
  }

  static int count(byte[] bytes, int at) {
    return (int) INT.get(bytes, at + COUNT_AT);
  }

  static int chain(byte[] bytes, int at) {
    return (int) INT.get(bytes, at + CHAIN_AT);
  }

  static int entryLength(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }
}
