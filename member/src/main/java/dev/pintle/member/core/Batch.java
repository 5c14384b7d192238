package dev.pintle.member.core;

import java.util.List;

/// Commands that are durable, with consecutive indexes.
///
/// @param lastIndex the index of the last one
record Batch(long lastIndex, List<Submission> submissions) {
  long firstIndex() {
    return lastIndex - submissions.size() + 1;
  }
}
