package dev.pintle.sim.linear;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The state of one key: absent, or a value with the revision that wrote it.
///
/// @param value null when the key is absent; its revision is then 0
public record Register(@Nullable String value, long modRevision) {
  public static final Register ABSENT = new Register(null, 0);

  /// The revision of a write that nobody was told of.
  static final long UNKNOWN = -1;

  /// Whether `answer` may describe this state.
  boolean mayBe(Register answer) {
    boolean sameRevision = modRevision == UNKNOWN || modRevision == answer.modRevision;
    return Objects.equals(value, answer.value) && sameRevision;
  }
}
