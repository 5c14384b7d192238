package dev.pintle.bbolt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The writer of a whole bbolt file as one stream, in pages of 4096 bytes that are full, in memory that does not grow with the
/// content. The content is told twice, to [#measure] and to [#write], since a file begins with its size.
public final class BboltWriter {
  private static final long FREELIST_PAGE = 2;
  private static final long FIRST_PAGE = 3;

  private final BucketContent content;
  private final long root;
  private final long pages;

  private BboltWriter(BucketContent content, long root, long pages) {
    this.content = content;
    this.root = root;
    this.pages = pages;
  }

  /// A writer of a file whose root holds what `content` tells, which are buckets and nothing else.
  public static BboltWriter measure(BucketContent content) throws IOException {
    PageWriter counting = new PageWriter(FIRST_PAGE, null);
    long root = tell(content, counting);
    return new BboltWriter(content, root, counting.next());
  }

  private static long tell(BucketContent content, PageWriter to) throws IOException {
    TreeWriter tree = new TreeWriter(to);
    content.tell(tree);
    return tree.finish();
  }

  /// Of the file, exactly.
  public long bytes() {
    return pages * PageLayout.PAGE_BYTES;
  }

  /// Writes the file.
  ///
  /// @throws IllegalStateException when the content is not what was measured; what was written is worth nothing then
  public void write(ByteSink out) throws IOException {
    for (int place = 0; place < 2; place++) {
      writeMeta(place, out);
    }
    PageWriter writing = new PageWriter(FREELIST_PAGE, out);
    writing.write(PageLayout.FREELIST, List.of(), PageLayout.HEADER_BYTES);
    long written = tell(content, writing);
    if (written != root || writing.next() != pages) {
      throw new IllegalStateException(
          "content: %d pages with the root at %d (expected: %d and %d, as measured)"
              .formatted(writing.next(), written, pages, root));
    }
  }

  /// Both say the same; the second counts, since its transaction is the newer.
  private void writeMeta(int place, ByteSink out) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(PageLayout.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    PageLayout.header(page, place, PageLayout.META, 0, 0);
    page.put(
        new PageLayout.MetaPage(PageLayout.PAGE_BYTES, root, FREELIST_PAGE, pages, place).encode());
    out.write(page.array(), 0, page.capacity());
  }
}
