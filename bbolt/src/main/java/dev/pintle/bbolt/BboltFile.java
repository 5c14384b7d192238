package dev.pintle.bbolt;

import dev.pintle.bbolt.BboltDamage.Kind;
import dev.pintle.bbolt.PageLayout.MetaPage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A bbolt file to be read, whoever wrote it. What it says is compared with what it is: a damaged one is a [BboltDamage], never
/// another exception, an endless reading, or more memory than its largest entry takes. Bytes behind its last page do not count.
public final class BboltFile implements AutoCloseable {
  private final String name;
  private final FileChannel file;
  private final MetaPage meta;

  private BboltFile(String name, FileChannel file, MetaPage meta) {
    this.name = name;
    this.file = file;
    this.meta = meta;
  }

  /// Opens `path` to read, as the newer of its two meta pages that are whole says.
  ///
  /// @throws BboltDamage when there is none, or the file ends before its last page
  public static BboltFile open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      String name = path.toString();
      BboltFile opened = new BboltFile(name, file, newest(name, file));
      opened.requireWhole();
      return opened;
    } catch (IOException | RuntimeException failed) {
      file.close();
      throw failed;
    }
  }

  /// The bucket of all buckets, to be read once; each call begins a reading of its own. A bucket within it belongs to the same
  /// reading, in which no page is read twice.
  public BboltBucket root() {
    return BboltBucket.onPage(
        new PageVisits(name, file, meta.pageBytes(), (int) meta.pages()), meta.root());
  }

  /// Of all its pages.
  public long bytes() {
    return meta.pages() * meta.pageBytes();
  }

  private void requireWhole() throws IOException {
    long size = file.size();
    if (meta.pages() > Integer.MAX_VALUE || meta.pages() * meta.pageBytes() > size) {
      throw new BboltDamage(
          Kind.TRUNCATED,
          name,
          "cut off: %d bytes (expected: %s pages of %d bytes)"
              .formatted(size, Long.toUnsignedString(meta.pages()), meta.pageBytes()));
    }
    if (meta.pages() < 0 || meta.root() < 2 || meta.root() >= meta.pages()) {
      throw new BboltDamage(
          Kind.META,
          name,
          "the root is at page %s (expected: one of %s)"
              .formatted(Long.toUnsignedString(meta.root()), Long.toUnsignedString(meta.pages())));
    }
  }

  /// The second place is a page behind the first; where that is damaged, pages of any size are tried.
  private static MetaPage newest(String name, FileChannel file) throws IOException {
    Candidate first = candidate(file, 0);
    MetaPage whole = first.meta();
    if (whole != null) {
      MetaPage second = candidate(file, whole.pageBytes()).meta();
      return second != null && isNewer(second, whole) ? second : whole;
    }
    String why = first.trouble();
    for (int bytes = PageLayout.PAGE_BYTES_MIN; bytes <= PageLayout.PAGE_BYTES_MAX; bytes *= 2) {
      Candidate second = candidate(file, bytes);
      MetaPage meta = second.meta();
      if (meta != null && meta.pageBytes() == bytes) {
        return meta;
      }
      if (second.kind().compareTo(first.kind()) > 0) {
        first = second;
        why = second.trouble();
      }
    }
    throw new BboltDamage(first.kind(), name, why);
  }

  private static boolean isNewer(MetaPage second, MetaPage first) {
    return second.pageBytes() == first.pageBytes() && second.transaction() > first.transaction();
  }

  /// A place where a meta page may be.
  ///
  /// @param meta null where there is no whole one
  /// @param kind of what is wrong otherwise; the later ones know more
  private record Candidate(@Nullable MetaPage meta, Kind kind, String trouble) {
    static Candidate not(Kind kind, String trouble) {
      return new Candidate(null, kind, trouble);
    }
  }

  private static Candidate candidate(FileChannel file, long position) throws IOException {
    ByteBuffer page =
        ByteBuffer.allocate(MetaPage.AT + MetaPage.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (page.hasRemaining()) {
      if (file.read(page, position + page.position()) < 0) {
        return Candidate.not(Kind.NOT_BBOLT, "not a bbolt file: %d bytes".formatted(file.size()));
      }
    }
    byte[] bytes = new byte[MetaPage.BYTES];
    page.position(MetaPage.AT).get(bytes);
    ByteBuffer meta = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (meta.getInt() != PageLayout.MAGIC) {
      return Candidate.not(Kind.NOT_BBOLT, "not a bbolt file: it does not begin as one");
    }
    int version = meta.getInt();
    if (version != PageLayout.VERSION) {
      return Candidate.not(
          Kind.OTHER_VERSION,
          "bbolt format %d (expected: %d)".formatted(version, PageLayout.VERSION));
    }
    int pageBytes = meta.getInt();
    meta.getInt();
    long root = meta.getLong();
    meta.getLong();
    MetaPage read = new MetaPage(pageBytes, root, meta.getLong(), meta.getLong(), meta.getLong());
    boolean possible =
        pageBytes >= PageLayout.PAGE_BYTES_MIN
            && pageBytes <= PageLayout.PAGE_BYTES_MAX
            && Integer.bitCount(pageBytes) == 1;
    if (meta.getLong() != PageLayout.checksum(bytes) || !possible) {
      return Candidate.not(
          Kind.META, "meta page at byte %d: does not match its checksum".formatted(position));
    }
    return new Candidate(read, Kind.META, "");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
