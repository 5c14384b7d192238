package dev.pintle.bbolt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// One page to read, with those that continue it. Nothing that it says of itself is believed before it was compared with where it
/// ends, and no more is held of it than its first page and one element.
final class PageRun {
  /// Longer than any value that etcd takes without being told to.
  static final int VALUE_BYTES_MAX = 256 << 20;

  private final String file;
  private final long id;
  private final ByteBuffer first;
  private final long bytes;
  private final @Nullable FileChannel rest;
  private final long position;
  private final int flags;
  private final int count;

  /// @param id for words about it; that of the page around it where it lies in a value
  /// @param first its first bytes, or all of them
  /// @param bytes how many it has with those that continue it
  /// @param rest where the others are, null where there are none
  /// @param position where in `rest` it begins
  private PageRun(
      String file,
      long id,
      ByteBuffer first,
      long bytes,
      @Nullable FileChannel rest,
      long position) {
    this.file = file;
    this.id = id;
    this.first = first;
    this.bytes = bytes;
    this.rest = rest;
    this.position = position;
    this.flags = first.getShort(8) & 0xffff;
    this.count = first.getShort(10) & 0xffff;
  }

  /// The page `id` of `file`, which has `pages` of them.
  static PageRun read(String name, FileChannel file, int pageBytes, long id, long pages)
      throws IOException {
    ByteBuffer first = ByteBuffer.allocate(pageBytes).order(ByteOrder.LITTLE_ENDIAN);
    long position = id * pageBytes;
    readFully(name, file, first, position);
    long more = first.getInt(12) & 0xffff_ffffL;
    PageRun run = new PageRun(name, id, first, (more + 1) * pageBytes, file, position);
    long ownId = first.getLong(0);
    if (ownId != id) {
      throw run.damaged("calls itself page %d".formatted(ownId));
    }
    if (more >= pages - id) {
      throw run.damaged(
          "goes on for %d pages more (expected: fewer than %d)".formatted(more, pages - id));
    }
    return run;
  }

  /// A page that lies in a value of this one.
  PageRun inlined(byte[] value, int from) throws BboltDamage {
    int length = value.length - from;
    if (length < PageLayout.HEADER_BYTES) {
      throw damaged("a bucket within it ends after %d bytes".formatted(value.length));
    }
    ByteBuffer page = ByteBuffer.wrap(value, from, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    return new PageRun(file, id, page, length, null, 0);
  }

  /// How many pages of the file it takes.
  long pages(int pageBytes) {
    return bytes / pageBytes;
  }

  long id() {
    return id;
  }

  int count() {
    return count;
  }

  boolean isLeaf() {
    return flags == PageLayout.LEAF;
  }

  /// Refuses a page that is neither a leaf nor a branch, and one whose table of elements ends behind it.
  void requireTree() throws BboltDamage {
    if (flags != PageLayout.LEAF && flags != PageLayout.BRANCH) {
      throw damaged("in a tree (expected: branch or leaf)");
    }
    if (tableEnd() > bytes) {
      throw damaged("%d elements do not fit into %d bytes".formatted(count, bytes));
    }
    if (flags == PageLayout.BRANCH && count == 0) {
      throw damaged("a branch without children");
    }
  }

  private long tableEnd() {
    return PageLayout.HEADER_BYTES + (long) count * PageLayout.ELEMENT_BYTES;
  }

  /// The elements, one after the other; each lies behind the one before.
  Cursor cursor() {
    return new Cursor();
  }

  /// A place among the elements.
  final class Cursor {
    private int at = -1;
    private long end = tableEnd();
    private boolean bucket;
    private long child;
    private long keyFrom;
    private int keyBytes;
    private int valueBytes;

    /// Steps to the next element, having checked that it lies within the page.
    boolean next() throws IOException {
      at++;
      if (at >= count) {
        return false;
      }
      long place = PageLayout.HEADER_BYTES + (long) at * PageLayout.ELEMENT_BYTES;
      ByteBuffer element = bytes(place, PageLayout.ELEMENT_BYTES);
      long from;
      long key;
      long value = 0;
      if (isLeaf()) {
        int kind = element.getInt();
        require(kind == 0 || kind == PageLayout.BUCKET, "has unknown flags");
        bucket = kind == PageLayout.BUCKET;
        from = unsigned(element);
        key = unsigned(element);
        value = unsigned(element);
      } else {
        from = unsigned(element);
        key = unsigned(element);
        child = element.getLong();
      }
      require(key >= 1 && key <= PageLayout.KEY_BYTES_MAX, "has a key of %d bytes".formatted(key));
      require(value <= VALUE_BYTES_MAX, "has a value of %d bytes".formatted(value));
      require(place + from >= end, "lies upon what is before it");
      require(place + from + key + value <= bytes, "ends behind the page");
      keyFrom = place + from;
      keyBytes = (int) key;
      valueBytes = (int) value;
      end = keyFrom + key + value;
      return true;
    }

    private void require(boolean holds, String otherwise) throws BboltDamage {
      if (!holds) {
        throw damaged("element %d %s".formatted(at, otherwise));
      }
    }

    int at() {
      return at;
    }

    boolean isBucket() {
      return bucket;
    }

    long child() {
      return child;
    }

    byte[] key() throws IOException {
      return array(keyFrom, keyBytes);
    }

    byte[] value() throws IOException {
      return array(keyFrom + keyBytes, valueBytes);
    }
  }

  private static long unsigned(ByteBuffer element) {
    return element.getInt() & 0xffff_ffffL;
  }

  private byte[] array(long from, int length) throws IOException {
    byte[] array = new byte[length];
    bytes(from, length).get(array);
    return array;
  }

  /// Bytes that were found to lie within the page.
  private ByteBuffer bytes(long from, int length) throws IOException {
    if (from + length <= first.limit()) {
      return first.slice((int) from, length).order(ByteOrder.LITTLE_ENDIAN);
    }
    if (rest == null) {
      throw damaged("ends after %d bytes".formatted(first.limit()));
    }
    ByteBuffer read = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    readFully(file, rest, read, position + from);
    return read;
  }

  /// Fills `target`, and makes it ready to be read.
  static void readFully(String name, FileChannel file, ByteBuffer target, long position)
      throws IOException {
    while (target.hasRemaining()) {
      if (file.read(target, position + target.position()) < 0) {
        throw new BboltDamage(
            BboltDamage.Kind.TRUNCATED, name, "ends at byte %d".formatted(file.size()));
      }
    }
    target.flip();
  }

  BboltDamage damaged(String what) {
    return BboltDamage.ofPage(file, id, PageLayout.kind(flags), what);
  }
}
