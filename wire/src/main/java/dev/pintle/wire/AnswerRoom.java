package dev.pintle.wire;

/// The room for one answer while it is collected, before anything of it is sent. Used by one thread at a time.
@FunctionalInterface
public interface AnswerRoom {
  /// For an answer that needs no room of anybody's.
  AnswerRoom ENDLESS = bytes -> Grant.GIVEN;

  /// The answer to whether more of the answer may be collected.
  enum Grant {
    GIVEN,
    /// The answer is longer than any may be: asking again for the same is of no use.
    ANSWER_TOO_LARGE,
    /// Other answers of this client, or of all clients, take the room: the same may be asked for later.
    BUDGET_EXHAUSTED
  }

  /// Takes room for `bytes` more. What was taken is given back when the answer has been handed over, or the request has ended.
  Grant take(long bytes);

  /// As [#give], for good: others may have the room at once.
  default void giveBack(long bytes) {
    give(bytes);
  }

  /// The limit that stood against the newest refusal.
  default SharedLimit refusedBy() {
    return SharedLimit.ANSWER_BYTES;
  }

  /// Needs `bytes` less: so much of the answer was handed over.
  default void give(long bytes) {}
}
