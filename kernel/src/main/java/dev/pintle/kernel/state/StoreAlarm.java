package dev.pintle.kernel.state;

/// A warning that stays until somebody takes it back, and by which writes are refused meanwhile.
///
/// @param memberId whose it is, as whoever raised it said
/// @param kind [#NO_SPACE], [#CORRUPT], or a number that means nothing here
/// @param byItself whether the store raised it, and so takes it back when its cause is gone
public record StoreAlarm(long memberId, int kind, boolean byItself) {
  /// What makes the store larger is refused.
  public static final int NO_SPACE = 1;

  /// All commands for keys and leases are refused.
  public static final int CORRUPT = 2;

  /// Whether it is one and the same alarm, whoever raised it.
  public boolean isSameAs(StoreAlarm other) {
    return isThatOf(other.memberId, other.kind);
  }

  boolean isThatOf(long member, int ofKind) {
    return memberId == member && kind == ofKind;
  }
}
