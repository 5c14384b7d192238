package dev.pintle.kernel.auth;

import dev.pintle.kernel.Bytes;
import java.util.Collections;
import java.util.List;

/// A user of the store.
///
/// @param passwordHash what the password is checked against; empty for a user without one
/// @param noPassword whether the user never has a password, and says in another way who it is
/// @param roles in their order
/// @param credentialRevision the auth revision at which the user was made or given its password: what was proved before is
///     not believed any more
public record AuthUser(
    Bytes name,
    Bytes passwordHash,
    boolean noPassword,
    List<Bytes> roles,
    long credentialRevision) {
  /// The name of the user, and of the role, that may do everything.
  public static final Bytes ROOT = Bytes.utf8("root");

  public AuthUser {
    roles = List.copyOf(roles);
  }

  public boolean has(Bytes role) {
    return Collections.binarySearch(roles, role) >= 0;
  }

  /// Whether the user may do everything.
  public boolean isAdmin() {
    return has(ROOT);
  }

  AuthUser withRoles(List<Bytes> changed) {
    return new AuthUser(name, passwordHash, noPassword, changed, credentialRevision);
  }
}
