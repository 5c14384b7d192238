package dev.pintle.bbolt;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.BitSet;

/// The pages of a file, and which of them one reading has come to: coming to one twice would be a circle, or a page that two
/// trees share, and neither is whole then.
final class PageVisits {
  private static final long FIRST_OF_A_TREE = 2;

  private final String name;
  private final FileChannel file;
  private final int pageBytes;
  private final int pages;
  private final BitSet visited = new BitSet();

  PageVisits(String name, FileChannel file, int pageBytes, int pages) {
    this.name = name;
    this.file = file;
    this.pageBytes = pageBytes;
    this.pages = pages;
  }

  /// The page `id`, which `from` leads to.
  PageRun come(PageRun from, long id) throws IOException {
    return come(require(from, id));
  }

  /// The page `id`, which is one of the file.
  PageRun come(long id) throws IOException {
    PageRun run = PageRun.read(name, file, pageBytes, id, pages);
    int end = (int) (id + run.pages(pageBytes));
    int twice = visited.nextSetBit((int) id);
    if (twice >= 0 && twice < end) {
      throw run.damaged(
          twice == id
              ? "more than one page leads to it"
              : "goes on over page %d, which belongs to another".formatted(twice));
    }
    visited.set((int) id, end);
    return run;
  }

  /// Refuses what is no page of the file.
  long require(PageRun from, long id) throws BboltDamage {
    if (!isOfTree(id)) {
      throw from.damaged(
          "leads to page %s (expected: %d to %d)"
              .formatted(Long.toUnsignedString(id), FIRST_OF_A_TREE, pages - 1));
    }
    return id;
  }

  boolean isOfTree(long id) {
    return id >= FIRST_OF_A_TREE && id < pages;
  }
}
