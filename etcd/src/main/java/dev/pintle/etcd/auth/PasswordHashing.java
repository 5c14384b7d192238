package dev.pintle.etcd.auth;

/// The slow function that passwords are kept by: bcrypt, whose hashes tell their cost and salt themselves. Takes tens of milliseconds at the usual
/// cost, and twice as long with each step more.
public interface PasswordHashing {
  /// Of a longer password bcrypt would look at this much.
  int PASSWORD_BYTES_MAX = 72;

  int COST_MIN = 4;
  int COST_MAX = 31;
  int COST_DEFAULT = 10;

  /// A hash with a new salt.
  ///
  /// @param password of at most [#PASSWORD_BYTES_MAX] bytes
  /// @param cost from [#COST_MIN] to [#COST_MAX]
  byte[] hash(byte[] password, int cost);

  /// Whether `hash` is one of `password`; false for what is no hash.
  boolean matches(byte[] hash, byte[] password);
}
