package dev.pintle.bbolt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The numbers of the format, and the few bytes that are alike in writing and reading. All numbers are little-endian.
///
/// A page begins with its id, a flag that says its kind, the count of its elements, and how many pages more its contents take. The
/// elements follow, 16 bytes each, and name where their keys and values lie behind them, counted from the element itself. A meta
/// page has the fields of [MetaPage] instead.
final class PageLayout {
  static final int MAGIC = 0xED0CDAED;
  static final int VERSION = 2;

  /// What is written; others are read.
  static final int PAGE_BYTES = 4096;

  static final int PAGE_BYTES_MIN = 512;
  static final int PAGE_BYTES_MAX = 64 << 10;

  static final int HEADER_BYTES = 16;
  static final int ELEMENT_BYTES = 16;

  /// A bucket as its parent's value: the page of its root, 0 where that follows in the value itself, and a number of its user's.
  static final int BUCKET_BYTES = 16;

  static final int BRANCH = 0x01;
  static final int LEAF = 0x02;
  static final int META = 0x04;
  static final int FREELIST = 0x10;

  /// The flag of a leaf's element whose value is a bucket.
  static final int BUCKET = 0x01;

  static final int KEY_BYTES_MAX = 32768;

  /// The place of a file's freelist where it has none.
  static final long NO_FREELIST = -1;

  /// A count of so many stands for a freelist whose first element is its count.
  static final int COUNT_ELSEWHERE = 0xffff;

  private static final int META_CHECKED_BYTES = 56;
  private static final int META_BYTES = META_CHECKED_BYTES + Long.BYTES;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private PageLayout() {}

  /// A place that says where everything begins. A file has two, the newer of which counts.
  ///
  /// @param root the page at which the bucket of all buckets begins
  /// @param pages how many pages the file has; those behind them are room to grow
  /// @param transaction grows with every change; its lowest bit says in which of both pages it lies
  record MetaPage(int pageBytes, long root, long freelist, long pages, long transaction) {
    /// Where in a meta page its fields begin.
    static final int AT = HEADER_BYTES;

    static final int BYTES = META_BYTES;

    byte[] encode() {
      ByteBuffer out = ByteBuffer.allocate(META_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.putInt(MAGIC).putInt(VERSION).putInt(pageBytes).putInt(0);
      out.putLong(root).putLong(0).putLong(freelist).putLong(pages).putLong(transaction);
      out.putLong(checksum(out.array()));
      return out.array();
    }
  }

  /// FNV-1a over the fields of a meta page.
  static long checksum(byte[] meta) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < META_CHECKED_BYTES; i++) {
      hash = (hash ^ (meta[i] & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  static void header(ByteBuffer out, long id, int kind, int count, int overflow) {
    out.putLong(id).putShort((short) kind).putShort((short) count).putInt(overflow);
  }

  static String kind(int flags) {
    return switch (flags) {
      case BRANCH -> "branch";
      case LEAF -> "leaf";
      case META -> "meta";
      case FREELIST -> "freelist";
      default -> "unknown (flags 0x%x)".formatted(flags);
    };
  }
}
