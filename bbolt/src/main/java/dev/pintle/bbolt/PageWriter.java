package dev.pintle.bbolt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The giver of page ids, which are those of the places where pages come to lie; writes the pages, or only counts them.
final class PageWriter {
  private static final byte[] ZEROS = new byte[PageLayout.PAGE_BYTES];

  private final @Nullable ByteSink out;
  private long next;

  /// @param first the id of the first page
  /// @param out null to count only
  PageWriter(long first, @Nullable ByteSink out) {
    this.next = first;
    this.out = out;
  }

  /// The id of the next page; so many there are.
  long next() {
    return next;
  }

  /// Writes a page of `elements`, with as many pages behind it as they need; answers its id.
  ///
  /// @param bytes of the page's header and the elements
  long write(int kind, List<PageElement> elements, long bytes) throws IOException {
    long id = next;
    long pages = Math.ceilDiv(bytes, PageLayout.PAGE_BYTES);
    next = id + pages;
    if (out != null) {
      int overflow = Math.toIntExact(pages - 1);
      byte[] head = head(id, kind, elements, overflow);
      out.write(head, 0, head.length);
      for (PageElement element : elements) {
        out.write(element.key(), 0, element.key().length);
        out.write(element.value(), 0, element.value().length);
      }
      out.write(ZEROS, 0, (int) (pages * PageLayout.PAGE_BYTES - bytes));
    }
    return id;
  }

  /// A page within a value: without an id of its own.
  static byte[] inlined(List<PageElement> elements, int bytes) {
    ByteBuffer page = ByteBuffer.allocate(bytes);
    page.put(head(0, PageLayout.LEAF, elements, 0));
    elements.forEach(element -> page.put(element.key()).put(element.value()));
    return page.array();
  }

  /// The header, and the table of the elements.
  private static byte[] head(long id, int kind, List<PageElement> elements, int overflow) {
    int bytes = PageLayout.HEADER_BYTES + elements.size() * PageLayout.ELEMENT_BYTES;
    ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    PageLayout.header(out, id, kind, elements.size(), overflow);
    int data = bytes;
    for (PageElement element : elements) {
      int at = data - out.position();
      int keyBytes = element.key().length;
      if (kind == PageLayout.BRANCH) {
        out.putInt(at).putInt(keyBytes).putLong(element.child());
      } else {
        out.putInt(element.bucket() ? PageLayout.BUCKET : 0).putInt(at);
        out.putInt(keyBytes).putInt(element.value().length);
      }
      data += keyBytes + element.value().length;
    }
    return out.array();
  }
}
