package dev.pintle.bbolt;

/// An entry of a page.
///
/// @param value empty in a branch
/// @param bucket whether the value of a leaf's entry is a bucket
/// @param child the page that a branch's entry leads to
record PageElement(byte[] key, byte[] value, boolean bucket, long child) {
  private static final byte[] NOTHING = new byte[0];

  static PageElement ofLeaf(byte[] key, byte[] value, boolean bucket) {
    return new PageElement(key, value, bucket, 0);
  }

  static PageElement ofBranch(byte[] key, long child) {
    return new PageElement(key, NOTHING, false, child);
  }

  long bytes() {
    return PageLayout.ELEMENT_BYTES + (long) key.length + value.length;
  }
}
