package dev.pintle.bbolt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The writer of one bucket's tree, from its leaves up: a page is written as soon as it is full, and a branch as soon as it has all
/// its children, so that what is kept is one page of each level, however many entries there are.
final class TreeWriter implements BucketContent.Entries {
  /// A branch of fewer is not written before the end: no branch may be left with one child.
  private static final int CHILDREN_MIN = 2;

  /// Small buckets lie in their parent's value, up to this size, as bbolt itself keeps them.
  private static final int INLINE_BYTES_MAX = PageLayout.PAGE_BYTES / 4;

  private final PageWriter pages;
  private final Level leaf = new Level();

  /// From the lowest up.
  private final List<Level> branches = new ArrayList<>();

  private byte @Nullable [] last;
  private boolean hasBuckets;

  TreeWriter(PageWriter pages) {
    this.pages = pages;
  }

  /// The entries of the page that is being filled at one height of the tree.
  private static final class Level {
    private List<PageElement> elements = new ArrayList<>();
    private long bytes = PageLayout.HEADER_BYTES;

    void add(PageElement element) {
      elements.add(element);
      bytes += element.bytes();
    }

    /// Keeps the last `count` only.
    void keep(int count) {
      List<PageElement> kept =
          new ArrayList<>(elements.subList(elements.size() - count, elements.size()));
      elements = new ArrayList<>();
      bytes = PageLayout.HEADER_BYTES;
      kept.forEach(this::add);
    }
  }

  @Override
  public void put(byte[] key, byte[] value) throws IOException {
    add(key, value, false);
  }

  @Override
  public void bucket(byte[] name, BucketContent content) throws IOException {
    hasBuckets = true;
    TreeWriter nested = new TreeWriter(pages);
    content.tell(nested);
    add(name, nested.finishNested(), true);
  }

  private void add(byte[] key, byte[] value, boolean bucket) throws IOException {
    if (key.length == 0 || key.length > PageLayout.KEY_BYTES_MAX) {
      throw new IllegalArgumentException(
          "key: %d bytes (expected: 1 to %d)".formatted(key.length, PageLayout.KEY_BYTES_MAX));
    }
    if (last != null && Arrays.compareUnsigned(last, key) >= 0) {
      throw new IllegalArgumentException("key: not above the one before (expected: rising keys)");
    }
    last = key;
    PageElement element = PageElement.ofLeaf(key, value, bucket);
    if (!leaf.elements.isEmpty() && leaf.bytes + element.bytes() > PageLayout.PAGE_BYTES) {
      writeLeaf();
    }
    leaf.add(element);
  }

  private void writeLeaf() throws IOException {
    long id = pages.write(PageLayout.LEAF, leaf.elements, leaf.bytes);
    byte[] first = leaf.elements.getFirst().key();
    leaf.keep(0);
    addChild(0, first, id);
  }

  private void addChild(int height, byte[] first, long id) throws IOException {
    if (height == branches.size()) {
      branches.add(new Level());
    }
    Level branch = branches.get(height);
    branch.add(PageElement.ofBranch(first, id));
    if (branch.bytes > PageLayout.PAGE_BYTES && branch.elements.size() > 2 * CHILDREN_MIN) {
      Level full = new Level();
      branch.elements.subList(0, branch.elements.size() - CHILDREN_MIN).forEach(full::add);
      branch.keep(CHILDREN_MIN);
      long branchId = pages.write(PageLayout.BRANCH, full.elements, full.bytes);
      addChild(height + 1, full.elements.getFirst().key(), branchId);
    }
  }

  /// Writes what is left; answers the page of the root.
  long finish() throws IOException {
    if (branches.isEmpty()) {
      return pages.write(PageLayout.LEAF, leaf.elements, leaf.bytes);
    }
    writeLeaf();
    for (int height = 0; ; height++) {
      Level branch = branches.get(height);
      long id = pages.write(PageLayout.BRANCH, branch.elements, branch.bytes);
      if (height + 1 == branches.size()) {
        return id;
      }
      addChild(height + 1, branch.elements.getFirst().key(), id);
    }
  }

  /// As [#finish]; answers the value that the parent has of this bucket.
  private byte[] finishNested() throws IOException {
    boolean inline = branches.isEmpty() && !hasBuckets && leaf.bytes <= INLINE_BYTES_MAX;
    byte[] page = inline ? PageWriter.inlined(leaf.elements, (int) leaf.bytes) : new byte[0];
    long root = inline ? 0 : finish();
    ByteBuffer value =
        ByteBuffer.allocate(PageLayout.BUCKET_BYTES + page.length).order(ByteOrder.LITTLE_ENDIAN);
    return value.putLong(root).putLong(0).put(page).array();
  }
}
