package dev.pintle.kernel.keyspace;

import java.util.function.LongPredicate;

/// The size of an answer while it is collected. Whoever asks may give a predicate that is told how many bytes more are
/// to be collected, and answers false when there is no room for them: then no more is.
public final class AnswerSize {
  /// For an answer of any size.
  public static final LongPredicate ANY = bytes -> true;

  /// What a key-value takes beside its key and its value.
  private static final long ENTRY_BYTES = 64;

  private AnswerSize() {}

  public static long of(KeyValue entry) {
    return ENTRY_BYTES + entry.key().size() + entry.value().size();
  }
}
