package dev.pintle.kernel.auth;

import dev.pintle.kernel.Bytes;

/// The user in whose name something is asked for, as known when that was checked first.
///
/// @param user the name; empty for a client that did not say who it is
/// @param authRevision of the users and permissions by which the name was believed; 0 for a client that did not say who it is
public record Requester(Bytes user, long authRevision) {
  /// A client that did not say who it is.
  public static final Requester ANONYMOUS = new Requester(Bytes.EMPTY, 0);
}
