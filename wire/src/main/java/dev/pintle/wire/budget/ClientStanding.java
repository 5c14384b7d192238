package dev.pintle.wire.budget;

/// The standing of a client where not all can be let in: those of less make room for those of more.
enum ClientStanding {
  /// It took a place of late and was owed nothing, or more than its part, or was sent away before it said anything.
  REFUSED,

  /// Nothing is known of it.
  UNKNOWN,

  /// Somebody asked from there of late whether the server is well.
  ANSWERED,

  /// Somebody who comes first was heard from there of late.
  OWED
}
