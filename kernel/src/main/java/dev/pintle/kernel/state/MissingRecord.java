package dev.pintle.kernel.state;

/// The index points to a record that is not to be had. While reading an older root that only means that compaction was
/// faster; while applying, it means that storage lost something.
final class MissingRecord extends RuntimeException {
  MissingRecord(long main, int sub) {
    super(
        "record: revision %d, sub %d is missing (expected: present)".formatted(main, sub),
        null,
        false,
        false);
  }
}
