package dev.pintle.kernel.index;

import org.jspecify.annotations.Nullable;

/// One write on its way down the tree, and what it found there.
final class Change {
  enum Kind {
    /// a put whose create revision and version follow from what is there
    PUT,
    TOMBSTONE,
    /// a version whose every number is known, read back from storage
    RESTORE
  }

  final Kind kind;
  final byte[] key;
  final Edit edit;

  /// What to write; complete once [#found] ran.
  KeyVersion next;

  /// What was there, a tombstone included.
  @Nullable KeyVersion previous;

  Change(Kind kind, byte[] key, KeyVersion next, Edit edit) {
    this.kind = kind;
    this.key = key;
    this.next = next;
    this.edit = edit;
  }

  void found(@Nullable KeyVersion before) {
    previous = before;
    if (kind == Kind.PUT) {
      next =
          before != null && !before.isTombstone()
              ? version(before.created(), before.version() + 1)
              : version(next.modified(), 1);
    }
  }

  private KeyVersion version(long created, long version) {
    return new KeyVersion(created, next.modified(), next.sub(), version, next.lease());
  }

  /// By how many the live keys grow.
  int liveDelta() {
    boolean before = previous != null && !previous.isTombstone();
    return (next.isTombstone() ? 0 : 1) - (before ? 1 : 0);
  }
}
