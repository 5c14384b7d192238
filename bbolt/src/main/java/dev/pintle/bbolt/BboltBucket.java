package dev.pintle.bbolt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A bucket of a file, to be read once from its first key to its last. A page is read when it is come to and judged then: by its
/// kind, its bounds, the order of its keys, and whether anything else has led to it before.
public final class BboltBucket {
  /// Deeper than a tree of the largest file can be, whose branches have two children at least.
  private static final int DEPTH_MAX = 64;

  private final PageVisits pages;
  private final Root root;

  private sealed interface Root {}

  private record OnPage(long id) implements Root {}

  private record InValue(PageRun page) implements Root {}

  private BboltBucket(PageVisits pages, Root root) {
    this.pages = pages;
    this.root = root;
  }

  static BboltBucket onPage(PageVisits pages, long id) {
    return new BboltBucket(pages, new OnPage(id));
  }

  /// A reader of entries, in the order of their keys.
  public interface Visitor {
    void entry(byte[] key, byte[] value) throws IOException;

    /// A bucket within this one, which may be read now or not at all.
    void bucket(byte[] name, BboltBucket nested) throws IOException;
  }

  /// Visits everything in the bucket.
  ///
  /// @throws BboltDamage at the first page that is wrong
  public void read(Visitor visitor) throws IOException {
    Walk walk = new Walk(visitor);
    switch (root) {
      case OnPage(long id) -> walk.descend(pages.come(id), Bounds.ANY, 0);
      case InValue(PageRun page) -> {
        page.requireTree();
        if (!page.isLeaf()) {
          throw page.damaged("a branch within a value");
        }
        walk.leaf(page, Bounds.ANY);
      }
    }
  }

  /// The keys that the branches above a page leave to it.
  private static final class Bounds {
    static final Bounds ANY = new Bounds(null, null);

    /// Null for any.
    private final byte @Nullable [] from;

    /// Null for no end.
    private final byte @Nullable [] to;

    Bounds(byte @Nullable [] from, byte @Nullable [] to) {
      this.from = from;
      this.to = to;
    }

    boolean contain(byte[] key) {
      return (from == null || Arrays.compareUnsigned(from, key) <= 0)
          && (to == null || Arrays.compareUnsigned(key, to) < 0);
    }
  }

  /// One reading from the first key to the last.
  private final class Walk {
    private final Visitor visitor;

    Walk(Visitor visitor) {
      this.visitor = visitor;
    }

    void descend(PageRun page, Bounds bounds, int depth) throws IOException {
      page.requireTree();
      if (page.isLeaf()) {
        leaf(page, bounds);
      } else if (depth == DEPTH_MAX) {
        throw page.damaged("lies deeper than %d pages".formatted(DEPTH_MAX));
      } else {
        branch(page, bounds, depth);
      }
    }

    private void branch(PageRun page, Bounds bounds, int depth) throws IOException {
      PageRun.Cursor at = page.cursor();
      boolean more = at.next();
      byte[] key = at.key();
      requireOrder(page, at, null, key, bounds);
      while (more) {
        long child = at.child();
        more = at.next();
        byte[] following = more ? at.key() : null;
        if (following != null) {
          requireOrder(page, at, key, following, bounds);
        }
        byte[] end = following == null ? bounds.to : following;
        descend(pages.come(page, child), new Bounds(key, end), depth + 1);
        key = following == null ? key : following;
      }
    }

    void leaf(PageRun page, Bounds bounds) throws IOException {
      PageRun.Cursor at = page.cursor();
      byte[] before = null;
      while (at.next()) {
        byte[] key = at.key();
        requireOrder(page, at, before, key, bounds);
        before = key;
        if (at.isBucket()) {
          visitor.bucket(key, nested(page, at));
        } else {
          visitor.entry(key, at.value());
        }
      }
    }

    private void requireOrder(
        PageRun page, PageRun.Cursor at, byte @Nullable [] before, byte[] key, Bounds bounds)
        throws BboltDamage {
      if (before != null && Arrays.compareUnsigned(before, key) >= 0) {
        throw page.damaged("the key of element %d is not above the one before".formatted(at.at()));
      }
      if (!bounds.contain(key)) {
        throw page.damaged(
            "the key of element %d is not among those of the branch above".formatted(at.at()));
      }
    }

    private BboltBucket nested(PageRun page, PageRun.Cursor at) throws IOException {
      byte[] value = at.value();
      if (value.length < PageLayout.BUCKET_BYTES) {
        throw page.damaged(
            "the bucket of element %d has %d bytes".formatted(at.at(), value.length));
      }
      long id = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
      return id == 0
          ? new BboltBucket(pages, new InValue(page.inlined(value, PageLayout.BUCKET_BYTES)))
          : new BboltBucket(pages, new OnPage(pages.require(page, id)));
    }
  }
}
