package dev.pintle.compat.access;

import java.util.List;

/// The one who asks: somebody that the admin acts as, a service account with its own token, or nobody.
///
/// @param account `NAMESPACE/NAME` of a service account; empty for the admin
/// @param headers names and values by turns
record Caller(String name, Kind kind, String account, List<String> headers) {

  enum Kind {
    ADMIN,
    ACCOUNT,
    ANONYMOUS,
    WRONG
  }

  Caller {
    headers = List.copyOf(headers);
  }

  static Caller admin(String name, String... headers) {
    return new Caller(name, Kind.ADMIN, "", List.of(headers));
  }

  /// The user `name` as the admin acts for it.
  static Caller user(String name) {
    return admin(name, "Impersonate-User", name);
  }

  static Caller account(String account) {
    return new Caller(account, Kind.ACCOUNT, account, List.of());
  }

  /// A service account that acts as somebody else.
  static Caller acting(String account, String... headers) {
    String name = account + " with " + String.join(" ", headers);
    return new Caller(name, Kind.ACCOUNT, account, List.of(headers));
  }
}
