package dev.pintle.wire;

/// The claim of a client whose connection was let in beyond a limit: see [Exchange#isServedBeyond].
public enum BeyondClaim {
  /// It is to be told that there is no room.
  NONE,

  /// It is owed the answer to this request, which is short.
  ANSWER,

  /// It is owed whatever it asks for, as long as that takes.
  CONNECTION
}
