package dev.pintle.kernel.auth;

import dev.pintle.kernel.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A role: permissions by the order of their keys. It never changes.
public final class AuthRole {
  private final Bytes name;
  private final List<KeyPermission> permissions;
  private final KeyIntervals readable;
  private final KeyIntervals writable;

  public AuthRole(Bytes name, List<KeyPermission> permissions) {
    this.name = name;
    this.permissions = List.copyOf(permissions);
    this.readable = merged(KeyPermission::mayRead);
    this.writable = merged(KeyPermission::mayWrite);
  }

  private KeyIntervals merged(Predicate<KeyPermission> which) {
    return KeyIntervals.of(permissions.stream().filter(which).map(KeyPermission::range).toList());
  }

  public Bytes name() {
    return name;
  }

  public List<KeyPermission> permissions() {
    return permissions;
  }

  KeyIntervals keys(KeyAccess access) {
    return switch (access) {
      case READ -> readable;
      case WRITE -> writable;
    };
  }

  /// With `granted` in place of the one for the same keys, or beside the others.
  AuthRole with(KeyPermission granted) {
    List<KeyPermission> changed = new ArrayList<>(permissions);
    int place = 0;
    while (place < changed.size() && changed.get(place).key().compareTo(granted.key()) < 0) {
      place++;
    }
    // As etcd has it: of several with one key only the first is looked at.
    if (place < changed.size() && changed.get(place).isFor(granted.key(), granted.end())) {
      changed.set(place, granted);
    } else {
      while (place < changed.size() && changed.get(place).key().equals(granted.key())) {
        place++;
      }
      changed.add(place, granted);
    }
    return new AuthRole(name, changed);
  }

  AuthRole without(Bytes key, Bytes end) {
    return new AuthRole(
        name, permissions.stream().filter(permission -> !permission.isFor(key, end)).toList());
  }
}
