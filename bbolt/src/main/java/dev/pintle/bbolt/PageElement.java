package dev.pintle.bbolt;

/// An entry of a page.
final class PageElement {
  private static final byte[] NOTHING = new byte[0];

  private final byte[] key;
  private final byte[] value;
  private final boolean bucket;
  private final long child;

  private PageElement(byte[] key, byte[] value, boolean bucket, long child) {
    this.key = key;
    this.value = value;
    this.bucket = bucket;
    this.child = child;
  }

  static PageElement ofLeaf(byte[] key, byte[] value, boolean bucket) {
    return new PageElement(key, value, bucket, 0);
  }

  static PageElement ofBranch(byte[] key, long child) {
    return new PageElement(key, NOTHING, false, child);
  }

  byte[] key() {
    return key;
  }

  /// Empty in a branch.
  byte[] value() {
    return value;
  }

  /// Whether the value of a leaf's entry is a bucket.
  boolean bucket() {
    return bucket;
  }

  /// The page that a branch's entry leads to.
  long child() {
    return child;
  }

  long bytes() {
    return PageLayout.ELEMENT_BYTES + (long) key.length + value.length;
  }
}
