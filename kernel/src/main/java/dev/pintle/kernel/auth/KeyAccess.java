package dev.pintle.kernel.auth;

/// The kinds of access to keys that are permitted each by itself.
public enum KeyAccess {
  READ,
  WRITE
}
