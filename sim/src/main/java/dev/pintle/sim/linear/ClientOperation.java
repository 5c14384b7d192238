package dev.pintle.sim.linear;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing a client did to a key, and what it was told.
///
/// @param calledNanos before the call
/// @param answeredNanos after the answer; [#NEVER] when none came, so that it may have happened at any time or not at all
public record ClientOperation(Action action, long calledNanos, long answeredNanos) {
  public static final long NEVER = Long.MAX_VALUE;

  /// The question of a client and, where there was one, the answer.
  public sealed interface Action {}

  public record Get(Register answer) implements Action {}

  /// A write.
  ///
  /// @param revision of the write
  public record Put(String value, long revision) implements Action {}

  /// A deletion.
  ///
  /// @param existed whether there was something to delete
  public record Delete(boolean existed) implements Action {}

  /// A write of `value` on the condition that the key was last written at `expected`.
  ///
  /// @param seen what was there instead; null when the value was written
  /// @param revision of the write
  public record Swap(long expected, String value, @Nullable Register seen, long revision)
      implements Action {}

  public boolean isAnswered() {
    return answeredNanos != NEVER;
  }

  /// What the key may be after this operation on `before`; nothing when it cannot have been answered so there.
  List<Register> after(Register before) {
    return switch (action) {
      case Get(Register answer) -> before.mayBe(answer) ? List.of(answer) : List.of();
      case Put(String value, long revision) -> written(value, revision, before);
      case Delete(boolean existed) ->
          !isAnswered() || existed == (before.value() != null)
              ? List.of(Register.ABSENT)
              : List.of();
      case Swap swap -> swapped(swap, before);
    };
  }

  private List<Register> written(String value, long revision, Register before) {
    if (!isAnswered()) {
      return List.of(new Register(value, Register.UNKNOWN));
    }
    return revision > before.modRevision() ? List.of(new Register(value, revision)) : List.of();
  }

  private List<Register> swapped(Swap swap, Register before) {
    boolean known = before.modRevision() != Register.UNKNOWN;
    boolean mayHold = !known || before.modRevision() == swap.expected;
    if (!isAnswered()) {
      return mayHold
          ? List.of(new Register(swap.value, Register.UNKNOWN), before)
          : List.of(before);
    }
    Register seen = swap.seen;
    if (seen == null) {
      return mayHold ? written(swap.value, swap.revision, before) : List.of();
    }
    return before.mayBe(seen) && seen.modRevision() != swap.expected ? List.of(seen) : List.of();
  }
}
